//! The Markdown that people may write: paragraphs, emphasis, code, lists, quotations, links to the web and to mail. What
//! comes out is a tree for a view to draw. HTML in it stays the text that it is; pictures leave their words.

use crate::AccountId;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// How deep things may lie in each other; what is deeper is shown without its form.
const DEEPEST: usize = 8;

/// A piece of text that stands by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Vec<Span>),
    Quote(Vec<Block>),
    Code(String),
    /// A numbered list says with which number it begins.
    List {
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    Text(String),
    /// A new line.
    Break,
    Code(String),
    Emphasis(Vec<Span>),
    Strong(Vec<Span>),
    /// To an address that begins with `https://` or `mailto:`.
    Link {
        to: String,
        inside: Vec<Span>,
    },
    /// Of somebody, as `comments` writes it.
    Mention {
        id: AccountId,
        name: String,
    },
}

/// What of the text is open at a place.
enum What {
    Root,
    Paragraph,
    Heading,
    Quote,
    Code,
    List(Option<u64>),
    Item,
    Emphasis,
    Strong,
    Link(String),
    /// Has no form of its own: what is in it becomes a part of what is around it.
    Plain,
}

struct Frame {
    what: What,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    items: Vec<Vec<Block>>,
}

impl Frame {
    const fn new(what: What) -> Self {
        Self { what, blocks: Vec::new(), spans: Vec::new(), items: Vec::new() }
    }

    fn holds_spans(&self) -> bool {
        !matches!(self.what, What::Root | What::Quote | What::List(_) | What::Item)
    }

    fn add_span(&mut self, span: Span) {
        let spans = match (self.holds_spans(), self.blocks.last_mut()) {
            (true, _) => &mut self.spans,
            (false, Some(Block::Paragraph(spans))) => spans,
            (false, _) => return self.blocks.push(Block::Paragraph(vec![span])),
        };
        match (spans.last_mut(), span) {
            (Some(Span::Text(before)), Span::Text(more)) => before.push_str(&more),
            (_, span) => spans.push(span),
        }
    }

    /// Takes the `@` before a mention away, if it stands there.
    fn take_at(&mut self) -> bool {
        let spans = match self.blocks.last_mut() {
            Some(Block::Paragraph(spans)) if !matches!(self.what, What::Paragraph | What::Emphasis | What::Strong) => spans,
            _ => &mut self.spans,
        };
        let Some(Span::Text(text)) = spans.last_mut() else { return false };
        let there = text.ends_with('@');
        if there {
            text.pop();
        }
        if text.is_empty() {
            spans.pop();
        }
        there
    }
}

/// Reads a text.
pub fn read(text: &str) -> Vec<Block> {
    let mut stack = vec![Frame::new(What::Root)];
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Start(tag) => {
                let what = if stack.len() > DEEPEST { What::Plain } else { opened(tag) };
                stack.push(Frame::new(what));
            }
            Event::End(_) => close(&mut stack),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => add(&mut stack, Span::Text(text.into_string())),
            Event::Code(text) => add(&mut stack, Span::Code(text.into_string())),
            Event::SoftBreak | Event::HardBreak => add(&mut stack, Span::Break),
            // Not asked for of the parser, or nothing but a line.
            _ => {}
        }
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    stack.pop().map(|root| root.blocks).unwrap_or_default()
}

fn opened(tag: Tag<'_>) -> What {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => What::Paragraph,
        Tag::Heading { .. } => What::Heading,
        Tag::BlockQuote(_) => What::Quote,
        Tag::CodeBlock(_) => What::Code,
        Tag::List(first) => What::List(first),
        Tag::Item => What::Item,
        Tag::Emphasis => What::Emphasis,
        Tag::Strong => What::Strong,
        Tag::Link { dest_url, .. } => What::Link(dest_url.into_string()),
        _ => What::Plain,
    }
}

fn add(stack: &mut [Frame], span: Span) {
    if let Some(top) = stack.last_mut() {
        top.add_span(span);
    }
}

fn close(stack: &mut Vec<Frame>) {
    let Some(done) = stack.pop() else { return };
    let Some(around) = stack.last_mut() else { return stack.push(done) };
    let Frame { what, mut blocks, spans, mut items } = done;
    match what {
        What::Paragraph => around.blocks.push(Block::Paragraph(spans)),
        What::Heading => around.blocks.push(Block::Paragraph(vec![Span::Strong(spans)])),
        What::Quote => around.blocks.push(Block::Quote(blocks)),
        What::Code => around.blocks.push(Block::Code(plain(&spans))),
        What::List(first) => {
            if !blocks.is_empty() {
                items.push(std::mem::take(&mut blocks));
            }
            around.blocks.push(Block::List { first, items });
        }
        What::Item => around.items.push(blocks),
        What::Emphasis => around.add_span(Span::Emphasis(spans)),
        What::Strong => around.add_span(Span::Strong(spans)),
        What::Link(to) => link(around, to, spans),
        What::Root | What::Plain => {
            around.blocks.append(&mut blocks);
            around.items.append(&mut items);
            spans.into_iter().for_each(|span| around.add_span(span));
        }
    }
}

fn link(around: &mut Frame, to: String, inside: Vec<Span>) {
    match to.parse() {
        Ok(id) if around.take_at() => around.add_span(Span::Mention { id, name: plain(&inside) }),
        _ if is_followed(&to) => around.add_span(Span::Link { to, inside }),
        _ => inside.into_iter().for_each(|span| around.add_span(span)),
    }
}

/// Whether a browser may be sent there.
fn is_followed(to: &str) -> bool {
    let begins = |scheme: &str| to.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && to.len() > scheme.len();
    begins("https://") || begins("mailto:")
}

/// The words alone.
fn plain(spans: &[Span]) -> String {
    let of_span = |span: &Span| match span {
        Span::Text(text) | Span::Code(text) => text.clone(),
        Span::Break => "\n".to_owned(),
        Span::Emphasis(inside) | Span::Strong(inside) | Span::Link { inside, .. } => plain(inside),
        Span::Mention { name, .. } => format!("@{name}"),
    };
    spans.iter().map(of_span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Span {
        Span::Text(text.to_owned())
    }

    #[test]
    fn a_text_is_read_with_its_form() {
        let read = read("**Sopii** *hyvin*,\n`a`\n\n- yksi\n- kaksi\n\n> lainaus\n\n```\nkoodi\n```\n# Otsikko");
        let expected = [
            Block::Paragraph(vec![
                Span::Strong(vec![text("Sopii")]),
                text(" "),
                Span::Emphasis(vec![text("hyvin")]),
                text(","),
                Span::Break,
                Span::Code("a".to_owned()),
            ]),
            Block::List {
                first: None,
                items: vec![vec![Block::Paragraph(vec![text("yksi")])], vec![Block::Paragraph(vec![text("kaksi")])]],
            },
            Block::Quote(vec![Block::Paragraph(vec![text("lainaus")])]),
            Block::Code("koodi\n".to_owned()),
            Block::Paragraph(vec![Span::Strong(vec![text("Otsikko")])]),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn links_lead_to_the_web_and_to_mail_and_nowhere_else() {
        let link = |to: &str| Block::Paragraph(vec![Span::Link { to: to.to_owned(), inside: vec![text("x")] }]);
        for good in ["https://example.fi/a?b=c", "HTTPS://example.fi", "mailto:aino@example.fi"] {
            assert_eq!(read(&format!("[x]({good})")), [link(good)]);
        }
        for bad in
            ["javascript:alert(1)", "JavaScript:alert(1)", "http://example.fi", "data:text/html,x", "/admin", "//evil.example", "https://"]
        {
            assert_eq!(read(&format!("[x]({bad})")), [Block::Paragraph(vec![text("x")])], "{bad}");
        }
    }

    #[test]
    fn html_stays_text_and_a_picture_leaves_its_words() {
        let shown = |source: &str| match read(source).as_slice() {
            [Block::Paragraph(spans)] => plain(spans),
            other => panic!("{other:?}"),
        };
        assert_eq!(shown("a <b onclick=\"x()\">c</b>"), "a <b onclick=\"x()\">c</b>");
        assert_eq!(shown("<script>alert(1)</script>"), "<script>alert(1)</script>");
        assert_eq!(shown("![kuva](https://example.fi/a.png)"), "kuva");
    }

    #[test]
    fn somebody_is_mentioned_by_id() {
        let id = AccountId::new();
        let spans = vec![text("Hei "), Span::Mention { id, name: "Aino S".to_owned() }, text("!")];
        assert_eq!(read(&format!("Hei @[Aino S]({id})!")), [Block::Paragraph(spans.clone())]);
        let list = Block::List { first: Some(1), items: vec![vec![Block::Paragraph(spans)]] };
        assert_eq!(read(&format!("1. Hei @[Aino S]({id})!")), [list]);
        assert_eq!(read(&format!("[Aino]({id})")), [Block::Paragraph(vec![text("Aino")])], "an id alone is no address");
    }

    fn depth(blocks: &[Block]) -> usize {
        let inner = |block: &Block| match block {
            Block::Quote(blocks) => depth(blocks),
            Block::List { items, .. } => items.iter().map(|item| depth(item)).max().unwrap_or(0),
            Block::Paragraph(_) | Block::Code(_) => 0,
        };
        blocks.iter().map(inner).max().map_or(0, |deepest| deepest + 1)
    }

    #[test]
    fn nothing_lies_deeper_than_can_be_drawn() {
        for source in [">".repeat(4_000) + "x", "- ".repeat(2_000) + "x", "*".repeat(2_000) + "x" + &"*".repeat(2_000)] {
            assert!(depth(&read(&source)) <= DEEPEST + 1);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_can_be_read(source in "[-*_>`#<>\\[\\]()!@ a\n\t1.:/~]{0,200}") {
            prop_assert!(depth(&read(&source)) <= DEEPEST + 1);
        }
    }
}
