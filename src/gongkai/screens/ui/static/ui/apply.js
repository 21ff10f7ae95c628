/* The application with JavaScript: a draft on this device, the proof of work, printing. All of it works without. */
"use strict";

(() => {
  const KEEP_DAYS = 7;
  const form = document.getElementById("apply-form");
  const key = (code) => `gongkai-draft-${code}`;

  // a browser may forbid storage altogether: then there are no drafts
  const storage = (() => {
    try {
      window.localStorage.removeItem("gongkai-draft-probe");
      return window.localStorage;
    } catch { return null; }
  })();

  const read = (code) => {
    try {
      const draft = JSON.parse(storage.getItem(key(code)));
      if (draft && Date.now() - draft.at < KEEP_DAYS * 86400000) return draft;
    } catch { /* written by something else */ }
    storage.removeItem(key(code));
    return null;
  };

  const sent = document.querySelector("[data-forget-draft]");
  if (sent && storage) storage.removeItem(key(sent.dataset.forgetDraft));

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  document.getElementById("faults")?.focus();
  if (!form) return;

  // identity numbers, files and the words of the form itself are never stored
  const kept = (name) => name && !/(^|-)id_number$|^(token|step|whole|seen|go|altcha|proof|power|files)$/.test(name);
  const typed = () => [...new FormData(form)].filter(([name, value]) => kept(name) && typeof value === "string" && value !== "");

  if (storage) {
    const code = form.dataset.draft;
    const notice = document.getElementById("draft");
    const draft = read(code);
    const worthwhile = (values) => values.some(([name]) => !/document$/.test(name));
    let stopped = false;
    const button = (word, className, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: word });
      made.className = `button button-small ${className}`;
      made.addEventListener("click", act);
      return made;
    };
    const forget = () => button(notice.dataset.forget, "", () => {
      storage.removeItem(key(code));
      notice.hidden = stopped = true;
    });
    const say = (text, ...buttons) => {
      const actions = Object.assign(document.createElement("p"), { className: "row" });
      actions.append(...buttons);
      notice.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }), actions);
      notice.hidden = false;
    };
    const save = () => {
      const values = typed();
      if (stopped || !worthwhile(values)) return;
      storage.setItem(key(code), JSON.stringify({ at: Date.now(), values }));
      if (!notice.hidden && notice.classList.contains("draft-note")) return;
      notice.classList.add("draft-note");
      say(notice.dataset.note, forget());
    };
    form.addEventListener("input", save);
    form.addEventListener("submit", save);

    if (draft && worthwhile(draft.values) && !worthwhile(typed())) {
      const first = draft.values.find(([name]) => name.startsWith("wanted-"));
      const restore = button(notice.dataset.restore, "button-primary", () => {
        // the server draws the form with them: it knows how many rows there are
        for (const field of [...form.elements]) if (kept(field.name)) field.disabled = true;
        for (const [name, value] of draft.values) {
          form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
        }
        form.requestSubmit(document.getElementById("redraw"));
      });
      say(notice.dataset.saved + (first ? first[1].slice(0, 40) : ""), restore, forget());
    }
  }

  // an organisation proves itself by its credit code, a citizen by the identity card
  for (const kind of form.querySelectorAll("input[name=kind]")) {
    kind.addEventListener("change", () => {
      const select = form.querySelector("#document");
      const number = form.querySelector("#id_number");
      if (select && number && !number.value) select.value = kind.value === "natural_person" ? "resident" : "credit";
    });
  }

  const agent = form.querySelector("input[type=checkbox][name=by_agent]");
  if (agent) {
    const fields = form.querySelector(".apply-agent-fields");
    const show = () => { fields.hidden = !agent.checked; };
    agent.addEventListener("change", show);
    show();
  }

  if (form.dataset.challenge && window.Worker && window.crypto?.subtle) {
    const challenge = JSON.parse(form.dataset.challenge);
    const field = form.querySelector("input[name=altcha]");
    const working = document.getElementById("working");
    let waiting = null;
    let solving = true;
    const worker = new Worker(form.dataset.worker);
    const done = () => {
      solving = false;
      worker.terminate();
      if (waiting) form.requestSubmit(waiting);
    };
    worker.addEventListener("message", (event) => {
      if (event.data !== null) {
        const { algorithm, challenge: wanted, salt, signature } = challenge;
        field.value = btoa(JSON.stringify({ algorithm, challenge: wanted, number: event.data, salt, signature }));
      }
      done();
    });
    // without a solution the server still takes the application, only fewer of them
    worker.addEventListener("error", done);
    worker.postMessage(challenge);
    form.addEventListener("submit", (event) => {
      if (!solving || event.submitter?.value !== "send") return;
      event.preventDefault();
      waiting = event.submitter;
      working.textContent = form.dataset.working;
    });
  }
})();
