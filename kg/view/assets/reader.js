// The reader: an article as its file has it, what is named in it and what facts were read from marked.

const evidenceOf = graph.articles.map(() => []); // per article: {begin, end, fact or figure}
const quoteUsers = quotes.map(() => ({ facts: new Set(), figures: new Set() }));
facts.forEach((fact) => fact.claims.forEach((claim) => { if (claim.quote !== null) quoteUsers[claim.quote].facts.add(fact.index); }));
figures.forEach((figure) => { if (figure.claim.quote !== null) quoteUsers[figure.claim.quote].figures.add(figure.index); });
quotes.forEach((quote, index) => { if (quote.article !== null) evidenceOf[quote.article].push({ ...quote, index }); });
const readIn = graph.articles.map((_, article) => evidenceOf[article].reduce((sum, { index }) => sum + quoteUsers[index].facts.size + quoteUsers[index].figures.size, 0));
const namedIn = graph.articles.map(() => []);
graph.nodes.forEach((node, index) => node.articles.forEach((article) => namedIn[article].push(index)));

let cameFrom = "network"; // the view from which the reader was opened
let markShown = { mention: true, evidence: true };

function openReader(article, quote) {
  state.reading = { article, begin: quote ? quote.begin : null, end: quote ? quote.end : null };
  showView("articles");
}

/** Where names stand in `text`: [begin, end, node], none over another, the longest first; line breaks inside a name are passed over. */
function findMentions(text, article) {
  const names = new Map();
  namedIn[article].forEach((index) => [graph.nodes[index].label, ...graph.nodes[index].aliases].forEach((name) => {
    const bare = name.replace(/\s/g, "");
    if (bare.length > 1 && !names.has(bare)) names.set(bare, index);
  }));
  const byStart = new Map();
  [...names.keys()].sort((a, b) => b.length - a.length).forEach((name) => byStart.set(name[0], [...(byStart.get(name[0]) || []), name]));
  const kept = [];
  for (let at = 0; at < text.length; at += 1) if (!/\s/.test(text[at])) kept.push(at);
  const bare = kept.map((at) => text[at]).join("");
  const found = [];
  for (let at = 0; at < bare.length;) {
    const name = (byStart.get(bare[at]) || []).find((each) => bare.startsWith(each, at));
    if (name) {
      found.push([kept[at], kept[at + name.length - 1] + 1, names.get(name)]);
      at += name.length;
    } else at += 1;
  }
  return found;
}

/** Offsets count characters, JavaScript counts UTF-16 units: the unit at which each character begins. */
function unitsOf(text) {
  const units = [];
  let at = 0;
  for (const character of text) { units.push(at); at += character.length; }
  units.push(at);
  return units;
}

/** `text` in pieces, each wholly inside or outside of every mention and piece of evidence. */
function markedText(text, article, focus) {
  const units = unitsOf(text);
  const unit = (offset) => units[Math.min(offset, units.length - 1)];
  const mentions = findMentions(text, article);
  const spans = evidenceOf[article].map((each) => ({ ...each, begin: unit(each.begin), end: unit(each.end) }));
  const cuts = new Set([0, text.length]);
  mentions.forEach(([begin, end]) => { cuts.add(begin); cuts.add(end); });
  spans.forEach(({ begin, end }) => { cuts.add(begin); cuts.add(end); });
  if (focus) { cuts.add(unit(focus.begin)); cuts.add(unit(focus.end)); }
  const order = [...cuts].sort((a, b) => a - b);
  let next = 0;
  return order.slice(0, -1).map((begin, at) => {
    const piece = text.slice(begin, order[at + 1]);
    while (next < mentions.length && mentions[next][1] <= begin) next += 1;
    const mention = next < mentions.length && mentions[next][0] <= begin ? mentions[next][2] : null;
    const behind = spans.filter((span) => span.begin <= begin && begin < span.end);
    const lit = focus && unit(focus.begin) <= begin && begin < unit(focus.end);
    if (mention === null && !behind.length && !lit) return piece;
    const names = ["piece", behind.length ? "evidence" : "", lit ? "lit" : "", mention !== null ? "mention" : ""].filter(Boolean).join(" ");
    const element = make("span", { class: names, onclick: () => (mention !== null ? goTo(mention, { view: null }) : showQuotes(behind)) }, piece);
    if (mention !== null) {
      element.style.setProperty("--colour", colourOf(mention));
      element.title = `${named(graph.kinds[graph.nodes[mention].kind])} ${graph.nodes[mention].label}`;
    }
    return element;
  });
}

/** The panel with all that was read from the quotes `those`. */
function showQuotes(those) {
  const used = those.map(({ index }) => quoteUsers[index]);
  const said = [...new Set(used.flatMap((each) => [...each.facts]))];
  const values = [...new Set(used.flatMap((each) => [...each.figures]))];
  show(backButton(), make("p", { class: "class" }, t("evidence_here")), said.map((index) => factCard(facts[index])),
    values.map((index) => make("section", {}, link(figures[index].subject), figureTable([figures[index]]))));
}

function articleHead(index) {
  const article = graph.articles[index];
  return [make("h2", {}, article.title), make("p", { class: "sources" }, [article.publisher, article.issued, article.file].filter(Boolean).join(" · "))];
}

function drawReader() {
  const sheet = $("reader");
  const { article, begin, end } = state.reading || {};
  if (article === undefined) {
    sheet.replaceChildren(make("h2", {}, t("articles")), make("ul", { class: "shelf" }, graph.articles.map((each, index) => make("li", {},
      make("button", { type: "button", "data-article": index, onclick: () => openReader(index, null) }, make("b", {}, each.title),
        make("span", { class: "cite" }, [each.publisher, each.issued, `${count(namedIn[index].length)} ${t("things")}`, t("facts_read", { n: readIn[index] })].filter(Boolean).join(" · ")))))));
    sheet.scrollTop = 0;
    return;
  }
  const { text } = graph.articles[article];
  const focus = begin === null || begin === undefined ? null : { begin, end };
  const toggle = (mark) => make("button", { type: "button", class: `key ${mark}`, "aria-pressed": String(markShown[mark]), onclick: (event) => {
    markShown = { ...markShown, [mark]: !markShown[mark] };
    event.currentTarget.setAttribute("aria-pressed", String(markShown[mark]));
    sheet.classList.toggle(`no-${mark}`, !markShown[mark]);
  } }, t(mark === "mention" ? "marks_mentions" : "marks_evidence"));
  sheet.replaceChildren(
    make("div", { class: "bar" }, make("button", { type: "button", class: "return", onclick: () => showView(cameFrom) }, `← ${t("back")}`), toggle("mention"), toggle("evidence")),
    ...articleHead(article),
    text ? make("div", { class: "text", lang: "zh-Hans" }, markedText(text, article, focus)) : storedQuotes(article));
  const lit = sheet.querySelector(".lit");
  if (lit) lit.scrollIntoView({ block: "center" });
  else sheet.scrollTop = 0;
}

/** The sentences of an article whose text the page does not have. */
function storedQuotes(article) {
  const those = [...evidenceOf[article]].sort((a, b) => a.begin - b.begin || a.end - b.end);
  return make("div", {}, make("p", { class: "lead" }, t("no_text")), make("ul", { class: "stored" }, those.map((quote) => make("li", {
    class: state.reading.begin === quote.begin && state.reading.end === quote.end ? "lit" : "",
  }, make("button", { type: "button", onclick: () => showQuotes([quote]) }, quote.text), make("span", { class: "cite" }, t("characters", quote))))));
}
