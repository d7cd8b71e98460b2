DROP TABLE comment_versions;
DROP TABLE comments;
