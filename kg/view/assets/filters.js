// Filters that combine. All that is said of a node is a statement with a relation, an article,
// a year and a confidence: claims, figures, and the mere mention. A node passes where one of its
// statements passes every filter and its own class and place do; a line, where one of its claims does.

const FIGURE = graph.relations.length; // the relation of statements that are figures
const FACETS = ["group", "relation", "place", "article", "year"];
const statements = graph.nodes.map(() => []);

const issued = (article) => (article === null || article === undefined ? null : yearOf(graph.articles[article].issued));
const articleOf = (claim) => (claim.quote === null ? null : quotes[claim.quote].article);

facts.forEach((fact) => {
  fact.statements = fact.claims.length
    ? fact.claims.map((claim) => ({ relation: fact.relation, article: articleOf(claim), year: issued(articleOf(claim)), confidence: claim.confidence ?? 1 }))
    : [{ relation: fact.relation, article: null, year: null, confidence: 1 }];
  statements[fact.subject].push(...fact.statements);
  if (fact.object !== fact.subject) statements[fact.object].push(...fact.statements);
});
figures.forEach((figure) => {
  const article = articleOf(figure.claim);
  statements[figure.subject].push({ relation: FIGURE, article, year: yearOf(figure.period) || issued(article), confidence: figure.claim.confidence ?? 1 });
});
const placesOf = graph.nodes.map((node, index) => {
  node.articles.forEach((article) => statements[index].push({ relation: null, article, year: issued(article), confidence: 1 }));
  return [index, ...chain(index)].filter((each) => graph.nodes[each].place);
});

const has = (set, value) => set.size === 0 || set.has(value);
const isFiltered = () => FACETS.some((facet) => state.filters[facet].size) || state.filters.confidence > 0;

/** Whether `statement` passes all filters but that of `but`. */
function saysSo(statement, but) {
  const { relation, article, year, confidence } = state.filters;
  return (but === "relation" || has(relation, statement.relation))
    && (but === "article" || has(article, statement.article))
    && (but === "year" || has(year, statement.year))
    && statement.confidence >= confidence;
}

function passesItself(index, but) {
  const { group, place } = state.filters;
  return (but === "group" || has(group, graph.nodes[index].group))
    && (but === "place" || place.size === 0 || placesOf[index].some((each) => place.has(each)));
}

const plain = () => !state.filters.relation.size && !state.filters.article.size && !state.filters.year.size && !state.filters.confidence;
const passesNode = (index) => passesItself(index) && (plain() || statements[index].some((each) => saysSo(each)));
const passesFact = (fact) => plain() || fact.statements.some((each) => saysSo(each));
const passesLine = (line) => plain() || line.facts.some((index) => passesFact(facts[index]));

/** For each value of `facet` how many nodes there would be if it alone were chosen there. */
function countFacet(facet) {
  const counts = new Map();
  const add = (value) => { if (value !== null && value !== undefined) counts.set(value, (counts.get(value) || 0) + 1); };
  for (let index = 0; index < drawn; index += 1) {
    if (!passesItself(index, facet)) continue;
    if (facet === "group" || facet === "place") {
      if (!plain() && !statements[index].some((each) => saysSo(each))) continue;
      if (facet === "group") add(graph.nodes[index].group);
      else new Set(placesOf[index]).forEach(add);
    } else {
      new Set(statements[index].filter((each) => saysSo(each, facet)).map((each) => each[facet])).forEach(add);
    }
  }
  return counts;
}

const FACET_NAMES = {
  group: (value) => named(graph.groups[value]),
  relation: (value) => (value === FIGURE ? t("figure_relation") : named(graph.relations[value])),
  place: (value) => graph.nodes[value].label,
  article: (value) => graph.articles[value].title,
  year: (value) => value,
};

/** The values of `facet` with their counts: years and classes in order, the rest by count. */
function facetValues(facet) {
  const counts = countFacet(facet);
  state.filters[facet].forEach((value) => { if (!counts.has(value)) counts.set(value, 0); });
  if (facet === "group") graph.groups.forEach((_, index) => { if (!counts.has(index)) counts.set(index, 0); });
  const order = {
    group: (a, b) => a[0] - b[0],
    year: (a, b) => (a[0] < b[0] ? 1 : -1),
  }[facet] || ((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [...counts].sort(order);
}

function clearFilters() {
  FACETS.forEach((facet) => state.filters[facet].clear());
  state.filters.confidence = 0;
}
