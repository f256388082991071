(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const [TITLE, COMPANY, LOCATION, CLAIM, DESCRIBED, VERDICT, SURE, SHARE, PATH, RECORD, LINE, CARD] = Array(12).keys();
  const rows = data.rows;
  if (rows.length === 0) return;
  const names = {
    claims: { pm: "product management", pmm: "product marketing", both: "both roles", other: "another job", none: "no job" },
    descriptions: { pm: "product management", pmm: "product marketing", mixed: "mixed", neither: "another job", insufficient: "too little" },
  };
  // Worst first, as the rows come; `out-of-scope` last.
  const order = ["mislabelled", "mixed", "unsupported", "hidden", "review", "match", "out-of-scope"];
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const text = (list, at) => (at < 0 ? "" : list[at]);
  const state = { q: [], verdict: "", claim: -1, described: -1, company: -1, key: "", down: false, page: 0, size: 25 };
  let found = rows.map((_, at) => at);
  let haystacks = null;
  let more = null;
  const open = new Set();

  const element = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const drawn = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const bdi = (words) => element("bdi", {}, words);
  const number = (count) => count.toLocaleString("en");

  const verdictOf = (row) => data.verdicts[row[VERDICT]];
  const isFlagged = (row) => order.indexOf(verdictOf(row)) <= 4;
  const keys = {
    title: (a, b) => collator.compare(a[TITLE], b[TITLE]),
    claim: (a, b) => a[CLAIM] - b[CLAIM],
    described: (a, b) => a[DESCRIBED] - b[DESCRIBED],
    verdict: (a, b) => order.indexOf(verdictOf(a)) - order.indexOf(verdictOf(b)),
    share: (a, b) => a[SHARE] - b[SHARE],
    sure: (a, b) => a[SURE] - b[SURE],
  };

  const search = () => {
    if (state.q.length && !haystacks) {
      haystacks = rows.map((row) =>
        `${row[TITLE]}\n${text(data.companies, row[COMPANY])}\n${text(data.locations, row[LOCATION])}`.toLowerCase());
    }
    const flagged = state.verdict === "flagged";
    const verdict = flagged ? -1 : data.verdicts.indexOf(state.verdict);
    found = [];
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      if (verdict >= 0 && row[VERDICT] !== verdict) continue;
      if (flagged && !isFlagged(row)) continue;
      if (state.claim >= 0 && row[CLAIM] !== state.claim) continue;
      if (state.described >= 0 && row[DESCRIBED] !== state.described) continue;
      if (state.company >= 0 && row[COMPANY] !== state.company) continue;
      if (state.q.length && !state.q.every((word) => haystacks[at].includes(word))) continue;
      found.push(at);
    }
    const compare = keys[state.key];
    if (compare) {
      const sign = state.down ? -1 : 1;
      // Rows without a share stand last, whichever way they are sorted.
      const missing = (row) => (state.key === "share" && row[SHARE] < 0 ? 1 : 0);
      found.sort((a, b) =>
        missing(rows[a]) - missing(rows[b]) || sign * compare(rows[a], rows[b]) || a - b);
    }
    state.page = 0;
    show();
  };

  // Cards stand in the page as plain HTML; an open row borrows the body of its card.
  const home = (card) => byId(`card-${card}`);
  const giveBack = () => {
    for (const body of document.querySelectorAll("#rows .body[data-card]")) {
      home(body.dataset.card).append(body);
      body.removeAttribute("data-card");
    }
  };
  const place = (row) => {
    const path = text(data.paths, row[PATH]);
    return row[LINE] ? `${path}:${row[LINE]}` : `${path} (record ${row[RECORD]})`;
  };
  const detail = (at) => {
    const row = rows[at];
    const cell = element("td", { colspan: "6" });
    const card = row[CARD] < 0 ? null : home(row[CARD]);
    if (card) {
      const body = card.querySelector(".body");
      body.dataset.card = row[CARD];
      cell.append(body);
    } else if (row[CARD] >= 0) {
      // The milder ones stand in the page as data, which a browser reads much faster; the program has escaped them.
      more = more || JSON.parse(byId("more").textContent);
      const body = element("div", { class: "body" });
      body.innerHTML = more[row[CARD] - byId("cards").children.length];
      cell.append(body);
    } else {
      const path = text(data.paths, row[PATH]);
      const quoted = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
      cell.append(element("div", { class: "body" },
        element("p", {}, "The evidence of this posting is not on this page. See it with ",
          element("code", {}, `rolecall explain ${quoted} --record ${row[RECORD]}`)),
        element("p", { class: "facts" }, element("code", {}, place(row)))));
    }
    return element("tr", { class: "detail", id: `detail-${at}` }, cell);
  };

  const share = (row) => {
    if (row[SHARE] < 0) return element("span", { class: "split-bar" }, "–");
    const percent = row[SHARE] / 10;
    const svg = drawn("svg", { width: "100%", height: "8", "aria-hidden": "true" });
    svg.append(
      drawn("rect", { class: "f-pmm", width: "100%", height: "8", rx: "2" }),
      drawn("rect", { fill: "url(#hatch)", width: "100%", height: "8", rx: "2" }),
      drawn("rect", { class: "f-pm", width: `${percent}%`, height: "8", rx: "2" }));
    return element("span", { class: "split-bar" }, svg, element("span", {}, `${Math.round(percent)}%`));
  };
  const role = (list, spoken, at) => {
    const name = list[at];
    const known = name === "pm" || name === "pmm";
    return element("span", known ? { class: `role role-${name}` } : {}, spoken[name] || name);
  };
  const line = (at) => {
    const row = rows[at];
    const verdict = verdictOf(row);
    const about = [text(data.companies, row[COMPANY]), text(data.locations, row[LOCATION])].filter(Boolean);
    const sub = element("div", { class: "sub" });
    about.forEach((words, index) => sub.append(index ? " · " : "", bdi(words)));
    const button = element("button", { type: "button", class: "open", "aria-expanded": String(open.has(at)), "data-at": at },
      bdi(row[TITLE] || "(no title)"));
    if (open.has(at)) button.setAttribute("aria-controls", `detail-${at}`);
    const cell = (attributes, ...children) => element("td", { role: "cell", ...attributes }, ...children);
    return element("tr", { class: "row", role: "row" },
      cell({ class: "c-title" }, button, sub),
      cell({ class: "c-roles", "data-label": "Title:" }, role(data.claims, names.claims, row[CLAIM])),
      cell({ class: "c-roles", "data-label": "Duties:" }, role(data.descriptions, names.descriptions, row[DESCRIBED])),
      cell({ class: "c-verdict" }, element("span", { class: `badge v-${verdict}` }, verdict)),
      cell({ class: "c-share" }, share(row)),
      cell({ class: "num" }, `${Math.round(row[SURE] / 10)}%`));
  };

  const show = (focus) => {
    giveBack();
    const pages = Math.max(1, Math.ceil(found.length / state.size));
    state.page = Math.min(state.page, pages - 1);
    const first = state.page * state.size;
    const page = found.slice(first, first + state.size);
    const fragment = document.createDocumentFragment();
    for (const at of page) {
      fragment.append(line(at));
      if (open.has(at)) fragment.append(detail(at));
    }
    byId("rows").replaceChildren(fragment);
    byId("table").hidden = found.length === 0;
    byId("empty").hidden = found.length > 0;
    byId("status").textContent = found.length
      ? `${number(first + 1)}–${number(first + page.length)} of ${number(found.length)}${found.length < rows.length ? ` (${number(rows.length)} in all)` : ""}`
      : `0 of ${number(rows.length)}`;
    byId("previous").disabled = state.page === 0;
    byId("next").disabled = state.page >= pages - 1;
    for (const chip of byId("chips").children) chip.setAttribute("aria-pressed", String(chip.dataset.verdict === state.verdict));
    for (const head of document.querySelectorAll("#table th[data-key]")) {
      if (head.dataset.key === state.key) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    if (focus !== undefined) document.querySelector(`#rows button[data-at="${focus}"]`)?.focus();
  };

  const fill = () => {
    const used = (column) => new Set(rows.map((row) => row[column]));
    const options = (select, list, spoken, column) => {
      const present = used(column);
      list.forEach((name, at) => {
        if (present.has(at)) byId(select).append(element("option", { value: at }, spoken[name] || name));
      });
    };
    options("claim", data.claims, names.claims, CLAIM);
    options("described", data.descriptions, names.descriptions, DESCRIBED);
    const companies = data.companies.map((name, at) => [name, at]);
    companies.sort((a, b) => collator.compare(a[0], b[0]));
    for (const [name, at] of companies.slice(0, 2000)) byId("company").append(element("option", { value: at }, name));
    byId("company").parentElement.hidden = companies.length < 2;

    const counts = new Map();
    for (const row of rows) counts.set(verdictOf(row), (counts.get(verdictOf(row)) || 0) + 1);
    const chip = (verdict, name, count) => {
      const button = element("button", { type: "button", class: "chip", "data-verdict": verdict, "aria-pressed": "false" },
        name, element("span", { class: "count" }, number(count)));
      byId("chips").append(button);
    };
    chip("", "All", rows.length);
    const flagged = order.slice(0, 5).reduce((sum, verdict) => sum + (counts.get(verdict) || 0), 0);
    if (flagged && flagged < rows.length) chip("flagged", "Flagged", flagged);
    for (const verdict of order) if (counts.get(verdict)) chip(verdict, verdict, counts.get(verdict));
  };

  const pick = (verdict) => {
    state.verdict = verdict;
    search();
  };
  const choice = (id) => (byId(id).value === "" ? -1 : Number(byId(id).value));
  const read = () => {
    state.q = byId("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    state.claim = choice("claim");
    state.described = choice("described");
    state.company = choice("company");
    search();
  };

  byId("controls").addEventListener("input", read);
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("controls").addEventListener("reset", () => {
    Object.assign(state, { verdict: "", key: "", down: false });
    open.clear();
    setTimeout(read);
  });
  byId("chips").addEventListener("click", (event) => {
    const chip = event.target.closest("button");
    if (chip) pick(chip.dataset.verdict);
  });
  byId("table").tHead.addEventListener("click", (event) => {
    const key = event.target.closest("th")?.dataset.key;
    if (!key || !event.target.closest("button")) return;
    // Once up, once down, then worst first again.
    if (state.key !== key) Object.assign(state, { key, down: false });
    else if (!state.down) state.down = true;
    else Object.assign(state, { key: "", down: false });
    search();
  });
  byId("rows").addEventListener("click", (event) => {
    const button = event.target.closest("button.open");
    if (!button) return;
    const at = Number(button.dataset.at);
    if (!open.delete(at)) open.add(at);
    show(at);
  });
  byId("size").addEventListener("change", () => {
    state.size = Number(byId("size").value);
    state.page = 0;
    show();
  });
  const turn = (by) => {
    state.page += by;
    show();
    byId("explorer").scrollIntoView({ block: "start" });
  };
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  for (const tile of document.querySelectorAll("a[data-verdict]")) {
    tile.addEventListener("click", () => pick(tile.dataset.verdict));
  }

  // On paper nothing can be opened, so the flagged rows of the page in view open for it.
  let before = null;
  addEventListener("beforeprint", () => {
    if (before) return;
    before = new Set(open);
    if (open.size === 0) {
      const first = state.page * state.size;
      for (const at of found.slice(first, first + state.size)) if (rows[at][CARD] >= 0 && isFlagged(rows[at])) open.add(at);
    }
    show();
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    open.clear();
    before.forEach((at) => open.add(at));
    before = null;
    show();
  });

  fill();
  search();
  const first = rows.some(isFlagged) ? "Worst first." : "No posting is flagged.";
  byId("postings-note").textContent = `${first} Open one to see its duties, who does them, and how the verdict came about.`;
  byId("cards").hidden = true;
  byId("explorer").hidden = false;
})();
