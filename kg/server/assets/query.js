// YASGUI on this server's own endpoint, with a tab for each named question that is asked.
"use strict";

const endpoint = `${location.origin}/sparql`;

// The completers that come with YASGUI ask servers elsewhere.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.value = "SELECT * WHERE {\n  ?subject ?predicate ?object .\n}\nLIMIT 100\n";

const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: `citykg_${location.port}`,
  populateFromUrl: true,
});

const chooser = document.getElementById("question");
const forms = [...document.querySelectorAll("form[data-query]")];
const refusal = document.getElementById("refusal");

function choose() {
  forms.forEach((form) => { form.hidden = form.dataset.query !== chooser.value; });
  refusal.hidden = true;
}

async function ask(form) {
  const response = await fetch(`/query/${form.dataset.query}?${new URLSearchParams(new FormData(form))}`);
  const text = await response.text();
  refusal.hidden = response.ok;
  refusal.textContent = response.ok ? "" : text;
  if (!response.ok) return;
  const tab = yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: form.dataset.title });
  tab.setQuery(text);
  tab.query();
}

chooser.addEventListener("change", choose);
forms.forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); ask(form); }));
choose();

// This server shows the things of its graph itself, whatever host their IRIs name.
const { base } = document.body.dataset;
["click", "auxclick"].forEach((event) => {
  document.getElementById("yasgui").addEventListener(event, ({ target }) => {
    const link = target.closest("a[href]");
    const iri = link && link.getAttribute("href");
    if (iri && iri.startsWith(base)) link.href = `/id/${iri.slice(base.length)}`;
  }, true);
});
