// What is shown, to take away: as PNG, as SVG, and as Turtle with the evidence of every claim.

function download(content, name, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = make("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function savePng() {
  const source = stage.querySelector("canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [source.width, source.height];
  const context = copy.getContext("2d");
  context.fillStyle = theme().canvas;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(source, 0, 0);
  copy.toBlob((blob) => download(blob, "graph.png"), "image/png");
}

const round = (value) => Math.round(value * 10) / 10;

/** The picture as it is on the screen, all that is shown and not only what is in view. */
function svgText() {
  const scale = isWhole() ? 1 : Math.max(network.getScale(), 0.5);
  const written = arrange(scale, { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity });
  const points = shown.map(spotOf);
  const bounds = (axis) => (points.length ? [Math.min(...points.map((p) => p[axis])) - 110, Math.max(...points.map((p) => p[axis])) + 110] : [0, 1]);
  const [[left, right], [top, bottom]] = [bounds("x"), bounds("y")];
  const members = new Map();
  shown.forEach((node) => { const region = regionOf(node); if (region !== null) members.set(region, [...(members.get(region) || []), spotOf(node)]); });
  const grounds = [...members].filter(([, those]) => those.length >= 3).sort((a, b) => b[1].length - a[1].length)
    .map(([region, those]) => draw("path", { d: `M${hull(those).map(({ x, y }) => `${x} ${y}`).join("L")}Z`, fill: regionColour(region), stroke: regionColour(region), "stroke-width": 84, "stroke-linejoin": "round" }));
  const drawnLines = shownLines.map((line) => {
    const [a, b] = [spotOf(line.from), spotOf(line.to)];
    return draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: colourOf(lesserEnd(line)), "stroke-opacity": 0.5, "stroke-dasharray": line.dashes ? "5 4" : null },
      draw("title", {}, line.facts.map((index) => `${graph.nodes[facts[index].subject].label} ${named(graph.relations[facts[index].relation])} ${graph.nodes[facts[index].object].label}`).join("\n")));
  });
  const dots = shown.map((node) => draw("circle", { cx: spotOf(node).x, cy: spotOf(node).y, r: sizeOf(node), fill: colourOf(node), stroke: theme().paper, "stroke-width": 1.5 }, draw("title", {}, graph.nodes[node].label)));
  const names = written.map(({ rows, font, x, y, step, colour }) => {
    const [weight, size] = font.split(" ");
    return draw("text", { "font-weight": weight, "font-size": size, fill: colour, stroke: theme().canvas, "stroke-width": 3, "paint-order": "stroke", "text-anchor": "middle" },
      rows.map((row, at) => draw("tspan", { x: round(x), y: round(y + step * (at + 0.8)) }, row)));
  });
  const root = draw("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${right - left} ${bottom - top}`, width: right - left, height: bottom - top, "font-family": FAMILY },
    draw("title", {}, document.title), draw("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: theme().canvas }), grounds, drawnLines, dots, names);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

const VOCABULARIES = {
  kg: "https://w3id.org/citykg/ontology#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#", prov: "http://www.w3.org/ns/prov#", nif: "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", dcterms: "http://purl.org/dc/terms/",
};
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A literal of Turtle. */
const literal = (text) => `"${text.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character]).replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
/** An IRI of Turtle; what may not stand in one is percent-encoded. */
const iri = (text) => `<${(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : graph.base + text).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}>`;

function claimTurtle(fact, claim) {
  if (!claim.iri) return [];
  const quote = claim.quote === null ? null : quotes[claim.quote];
  const span = quote && quote.article !== null ? iri(`${graph.articles[quote.article].iri}#char=${quote.begin},${quote.end}`) : null;
  const parts = [`a rdf:Statement`, `rdf:subject ${iri(graph.nodes[fact.subject].iri)}`, `rdf:predicate kg:${graph.relations[fact.relation].name}`, `rdf:object ${iri(graph.nodes[fact.object].iri)}`,
    claim.confidence === null ? null : `kg:confidence ${claim.confidence.toFixed(2)}`, claim.rule ? `kg:rule ${literal(claim.rule)}` : null, span ? `prov:wasDerivedFrom ${span}` : null];
  const found = [`${iri(claim.iri)} ${parts.filter(Boolean).join(" ;\n    ")} .`];
  if (span) found.push(`${span} a nif:RFC5147String ;\n    nif:referenceContext ${iri(graph.articles[quote.article].iri)} ;\n    nif:beginIndex ${quote.begin} ; nif:endIndex ${quote.end} ; nif:anchorOf ${literal(quote.text)} .`);
  return found;
}

/** The nodes that are shown, the facts between them that pass the filters, and where these were read. */
function turtleText() {
  const blocks = new Set(Object.entries(VOCABULARIES).map(([name, address]) => `@prefix ${name}: <${address}> .`));
  const articles = new Set();
  [...shown].sort((a, b) => a - b).forEach((index) => {
    const node = graph.nodes[index];
    const names = node.aliases.map((alias) => `skos:altLabel ${literal(alias)}@zh`);
    blocks.add(`${iri(node.iri)} a kg:${graph.kinds[node.kind].name} ;\n    ${[`rdfs:label ${literal(node.label)}@zh`, ...names].join(" ;\n    ")} .`);
  });
  shownLines.forEach((line) => line.facts.map((index) => facts[index]).filter(passesFact).forEach((fact) => {
    blocks.add(`${iri(graph.nodes[fact.subject].iri)} kg:${graph.relations[fact.relation].name} ${iri(graph.nodes[fact.object].iri)} .`);
    fact.claims.forEach((claim) => { claimTurtle(fact, claim).forEach((block) => blocks.add(block)); const article = articleOf(claim); if (article !== null) articles.add(article); });
  }));
  articles.forEach((index) => blocks.add(`${iri(graph.articles[index].iri)} a kg:Article ; dcterms:title ${literal(graph.articles[index].title)}@zh .`));
  return `${[...blocks].join("\n")}\n`;
}
