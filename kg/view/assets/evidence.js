// What stands under every fact: the sentence with its names marked, its article, rule and confidence.

const dot = (colour) => make("span", { class: "dot", colour });

function link(index) {
  const node = graph.nodes[index];
  return make("button", { type: "button", class: "link", "data-node": index, onclick: () => goTo(index) },
    dot(colourOf(index)), make("span", { class: "name" }, node.label), make("span", { class: "kind" }, named(graph.kinds[node.kind])));
}

/** `text` with every name of the nodes `indices`, and every word of `others`, marked. */
function marked(text, indices, others = []) {
  const names = [...others, ...indices.flatMap((index) => [graph.nodes[index].label, ...graph.nodes[index].aliases])]
    .filter((name) => name).sort((a, b) => b.length - a.length);
  const parts = [];
  let plainText = "";
  for (let at = 0; at < text.length;) {
    const name = names.find((each) => text.startsWith(each, at));
    if (name) {
      parts.push(plainText, make("mark", {}, name));
      plainText = "";
      at += name.length;
    } else {
      plainText += text[at];
      at += 1;
    }
  }
  return [...parts, plainText];
}

function sureness(confidence) {
  if (confidence === null || confidence === undefined) return [];
  const bar = make("i");
  bar.style.width = `${Math.round(confidence * 100)}%`;
  return [make("span", { class: "sure", "aria-hidden": "true" }, bar), `${t("confidence_is")} ${confidence.toFixed(2)}`];
}

function articleName(index) {
  const article = graph.articles[index];
  return `《${article.title}》${article.issued ? ` ${article.issued}` : ""}`;
}

/** The sentence of `claim`, and whence it is; `indices` and `others` are marked in it. */
function evidence(claim, indices, others = []) {
  const qualifiers = claim.qualifiers.map(([name, value]) => make("div", { class: "qualifier" }, `${name}：${value}`));
  const quote = claim.quote === null ? null : quotes[claim.quote];
  const values = claim.qualifiers.map(([, value]) => value);
  const cite = make("span", { class: "cite" });
  if (quote) {
    if (quote.article !== null) {
      cite.append(articleName(quote.article), " · ", t("characters", quote), " ",
        make("button", { type: "button", class: "original", onclick: () => openReader(quote.article, quote) }, t("original")), make("br"));
    } else cite.append(t("characters", quote), make("br"));
  }
  cite.append(...sureness(claim.confidence));
  if (claim.rule) cite.append(` · ${t("rule")} `, make("code", {}, claim.rule));
  return [...qualifiers, quote ? make("blockquote", {}, marked(quote.text, indices, [...others, ...values])) : null, cite];
}

function statement(fact, other) {
  const said = fact.claims.length ? fact.claims.map((claim) => evidence(claim, [fact.subject, fact.object]))
    : [make("span", { class: "cite" }, t("background"))];
  return make("div", { class: "fact" }, link(other), said);
}

/** `items` shown a batch at a time in `list`. */
function batches(items, show, list = make("div", {})) {
  let batch = 0;
  const more = make("button", { type: "button", class: "more", onclick: () => add(4 * BATCH) });
  function add(number) {
    items.slice(batch, batch + number).forEach((item) => list.append(...[show(item)].flat()));
    batch = Math.min(batch + number, items.length);
    more.hidden = batch === items.length;
    more.textContent = t("more_facts", { n: Math.min(4 * BATCH, items.length - batch), left: items.length - batch });
  }
  add(BATCH);
  return [list, more];
}
