// The panel on the right: a node or a line with its facts and figures, or what there is in all.

const number = (many) => make("span", { class: "n" }, count(many));
const heading = (key, many) => make("h3", {}, t(key), number(many));

function show(...content) {
  panel.replaceChildren(...content.flat(2).filter(Boolean));
  panel.scrollTop = 0;
}

const backButton = () => make("button", { type: "button", class: "back", onclick: clearSelection }, t("back_overview"));

/** Facts by relation, the relations in the order of the vocabulary. */
function relationGroups(list, otherEnd, key, arrow) {
  if (!list.length) return null;
  const section = make("section", {}, heading(key, list.length));
  const byRelation = new Map();
  list.forEach((fact) => byRelation.set(fact.relation, [...(byRelation.get(fact.relation) || []), fact]));
  [...byRelation].sort(([a], [b]) => a - b).forEach(([relation, members]) => {
    members.sort((a, b) => graph.nodes[otherEnd(b)].degree - graph.nodes[otherEnd(a)].degree || otherEnd(a) - otherEnd(b));
    section.append(make("h4", {}, `${arrow} ${named(graph.relations[relation])}`, number(members.length)),
      ...batches(members, (fact) => statement(fact, otherEnd(fact))));
  });
  return section;
}

/** What is said of a node in words, such as the stage of a project. */
function attributeList(list) {
  if (!list.length) return null;
  return make("section", {}, heading("attributes", list.length), list.map((each) => make("div", { class: "fact" },
    make("h4", {}, `${named(each.term)}：${each.word}`), each.claims.map((claim) => evidence(claim, [each.subject], [each.word])))));
}

/** Buttons that lead to the sections of the panel. */
function contents(sections) {
  const present = sections.filter(([, , section]) => section);
  if (present.length < 2) return null;
  return make("div", { class: "contents" }, present.map(([key, many, section]) => make("button",
    { type: "button", onclick: () => section.scrollIntoView({ block: "start" }) }, t(key), number(many))));
}

function nodeActions(index) {
  if (index >= drawn) return make("p", { class: "lead" }, t("not_drawn"));
  const act = (key, values, onclick, pressed) => make("button", { type: "button", "data-act": key, onclick, "aria-pressed": pressed }, t(key, values));
  const more = hiddenNear(index);
  const depth = state.scope.kind === "near" && state.scope.node === index ? state.scope.depth : 0;
  return make("div", { class: "actions" },
    more ? act("expand", { n: more }, () => unfold(index)) : null,
    !more && state.expanded.has(index) ? act("collapse", {}, () => unfold(index)) : null,
    act(state.pinned.has(index) ? "unpin" : "pin", {}, () => pin(index)),
    act("path_from", {}, () => startPath(index)),
    make("span", { class: "steps", role: "group", "aria-label": t("neighbours") }, make("span", {}, t("neighbours")),
      [1, 2, 3].map((steps) => make("button", { type: "button", "data-depth": steps, title: t("depth", { n: steps }), "aria-label": t("depth", { n: steps }), "aria-pressed": String(depth === steps),
        onclick: () => { setScope({ kind: "near", node: index, depth: steps }); showNode(index); } }, `${steps}`))));
}

function showNode(index) {
  const node = graph.nodes[index];
  const isHonour = (fact) => graph.honours !== null && fact.relation === graph.honours;
  const honours = relationGroups(outgoing[index].filter(isHonour), (fact) => fact.object, "honours", "→");
  const others = outgoing[index].filter((fact) => !isHonour(fact));
  const own = relationGroups(others, (fact) => fact.object, "facts", "→");
  const words = attributeList(described[index]);
  const values = figureTable(measured[index]);
  const received = relationGroups(incoming[index], (fact) => fact.subject, "incoming", "←");
  const places = chain(index);
  show(
    backButton(),
    make("p", { class: "class" }, dot(colourOf(index)), named(graph.kinds[node.kind])),
    make("h2", {}, node.label),
    node.aliases.length ? make("p", { class: "aliases" }, t("aliases", { names: node.aliases.join("、") })) : null,
    places.length ? make("p", { class: "chain" }, `${t("lies_in")} `, places.map((place, at) => [at ? " › " : "",
      make("button", { type: "button", "data-node": place, onclick: () => goTo(place) }, graph.nodes[place].label)])) : null,
    node.articles.length ? make("p", { class: "sources" }, `${t("seen_in")} `, node.articles.map((each) => make("button",
      { type: "button", class: "source", onclick: () => openReader(each, null) }, articleName(each)))) : null,
    nodeActions(index),
    contents([["attributes", described[index].length, words], ["facts", others.length, own], ["figures", measured[index].length, values],
      ["honours", outgoing[index].length - others.length, honours], ["incoming", incoming[index].length, received]]),
    words, own, values, honours, received,
    words || own || values || honours || received ? null : make("p", { class: "lead" }, t("no_facts")),
    make("code", { class: "iri" }, graph.base + node.iri),
  );
}

function factCard(fact) {
  return make("section", {},
    make("div", { class: "claim" }, link(fact.subject), make("span", { class: "via" }, `↓ ${named(graph.relations[fact.relation])}`), link(fact.object)),
    fact.claims.length ? fact.claims.map((claim) => make("div", { class: "fact" }, evidence(claim, [fact.subject, fact.object])))
      : make("span", { class: "cite" }, t("background")));
}

function showLine(line) {
  show(backButton(), make("p", { class: "class" }, t("edge_panel")), line.facts.map((index) => factCard(facts[index])));
}

function ranking(indices, value) {
  return make("ul", { class: "ranking" }, indices.map((index) => make("li", {}, link(index), number(value(index)))));
}

/** What there is in all: counts, regions, the most central, and what stands alone. */
function showOverview() {
  if (state.scope.kind === "paths") { showPaths(); return; }
  const inside = byRank.filter((index) => graph.nodes[index].degree && passesNode(index));
  const alone = byRank.filter((index) => !graph.nodes[index].degree && passesNode(index));
  const sizes = picture.regions.map(() => 0);
  drawing.nodes.forEach((node) => { if (node.region !== null) sizes[node.region] += 1; });
  const { counts } = graph;
  show(
    make("p", { class: "class" }, t("overview")),
    make("dl", { class: "counts" }, [["things", counts.nodes], ["facts_count", counts.facts], ["figures_count", counts.figures], ["articles_count", counts.articles]]
      .map(([key, many]) => make("div", {}, make("dt", {}, t(key)), make("dd", {}, count(many))))),
    make("p", { class: "lead" }, t("overview_lead")),
    inside.length ? make("section", {}, heading("central", inside.length), batches(inside, (index) => make("li", {}, link(index), number(graph.nodes[index].degree)), make("ul", { class: "ranking" }))) : null,
    picture.regions.length ? make("section", { class: "regions" }, heading("regions", picture.regions.length), make("p", { class: "cite" }, t("regions_lead")),
      make("ul", {}, picture.regions.map((head, region) => make("li", {}, make("button", { type: "button", "data-region": region, onclick: () => goToRegion(region) },
        graph.nodes[head].label, number(sizes[region])))))) : null,
    alone.length ? make("section", {}, heading("outliers", alone.length), batches(alone, (index) => make("li", {}, link(index)), make("ul", { class: "ranking" }))) : null,
  );
}

function goToRegion(region) {
  if (!isWhole()) setScope({ kind: "whole" });
  fitTo(shown.filter((node) => regionOf(node) === region), { most: 1 });
}
