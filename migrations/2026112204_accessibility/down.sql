DROP TABLE accessibility_feedback;
