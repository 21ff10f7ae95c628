// The writing page put together: editor, saving, files, findings, preview. Without it the form does all of this by its buttons.
(function () {
  "use strict";
  var form = document.getElementById("write"), drafting = window.drafting;
  if (!form) return;
  var field = form.elements.body_html, told = document.getElementById("told"), list = document.getElementById("finding-list");
  var phone = document.getElementById("phone"), zone = document.getElementById("files-zone"), writer = null;

  function address(src) { return src.replace(/^attachment:(.*)$/, function (all, digest) { return form.dataset.picture.replace("DIGEST", digest); }); }

  function notice(kind, title, lines) {
    var made = document.createElement("div"), head = document.createElement("strong"), all = document.createElement("ul");
    made.className = "notice notice-" + kind;
    made.setAttribute("role", "alert");
    made.tabIndex = -1;
    head.textContent = title;
    lines.forEach(function (each) { var item = document.createElement("li"); item.textContent = each; all.append(item); });
    made.append(head);
    if (lines.length) made.append(all);
    told.replaceChildren(made);
    return made;
  }

  // --- tabs of the side
  var tabs = Array.from(document.querySelectorAll("#side-tabs [role=tab]"));
  function panel(tab) { return document.getElementById(tab.getAttribute("aria-controls")); }
  function open(name) {
    tabs.forEach(function (tab) {
      var here = tab.id === "tab-" + name;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
      panel(tab).hidden = !here;
    });
    if (name === "preview") preview();
  }
  function count(name, number) {
    form.querySelector('[data-count="' + name + '"]').textContent = number ? " " + number : "";
  }

  // --- the preview: the page is asked for once, what is typed is put into it
  function shown() {
    var page = phone.contentDocument, text = page && page.getElementById("shown-text");
    if (!text) return;
    page.getElementById("shown-title").textContent = form.elements.title.value || "（没有标题）";
    var apart = new DOMParser().parseFromString(field.value, "text/html");
    apart.querySelectorAll("img").forEach(function (each) { each.setAttribute("src", address(each.getAttribute("src") || "")); });
    text.replaceChildren.apply(text, Array.from(apart.body.childNodes).map(function (each) { return page.importNode(each, true); }));
  }
  function preview() {
    phone.hidden = false;
    if (phone.getAttribute("src")) shown();
    else phone.src = phone.dataset.src;
  }
  phone.addEventListener("load", shown);

  // --- findings and files, as the server shows them
  function replaced(place, html) {
    var kept = {}, focused = document.activeElement && place.contains(document.activeElement) ? document.activeElement.id : "";
    place.querySelectorAll("input").forEach(function (each) { if (each.value) kept[each.id] = each.value; });
    var opened = Array.from(place.querySelectorAll("details[open] input")).map(function (each) { return each.id; });
    place.innerHTML = html;
    Object.keys(kept).forEach(function (id) { var found = document.getElementById(id); if (found) found.value = kept[id]; });
    opened.forEach(function (id) { var found = document.getElementById(id); if (found) found.closest("details").open = true; });
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }
  function mark() {
    var found = Array.from(list.querySelectorAll("[data-finding]"));
    found.forEach(function (each) { var go = each.querySelector("[data-goto]"); if (go) go.hidden = false; });
    if (writer) writer.mark(found.filter(function (each) { return each.dataset.found && !each.dataset.source; }).map(function (each) {
      return { key: each.dataset.finding, found: each.dataset.found, stops: each.dataset.stops, said: each.querySelector("p").textContent.trim() };
    }));
  }
  function show(state) {
    replaced(list, state.findings);
    replaced(document.getElementById("files"), state.files);
    document.getElementById("due").innerHTML = state.due;
    count("findings", state.standing);
    if (state.body_html !== undefined) {
      if (writer) writer.set(state.body_html);
      saving.settled();
      shown();
    }
    mark();
  }
  function goTo(key) {
    if (writer && writer.goTo(key)) return;
    var found = list.querySelector('[data-finding="' + CSS.escape(key) + '"]').dataset.found;
    var input = Array.from(form.elements).find(function (each) { return each.type !== "hidden" && each.name && each.value && each.value.includes(found); });
    if (input && input !== field) { open("elements"); input.focus(); }
  }
  function faults(given, loudly) {
    form.querySelectorAll(".has-error").forEach(function (each) { each.classList.remove("has-error"); });
    form.querySelectorAll("[id$=-error]").forEach(function (each) { if (each.id !== "link-error") { each.hidden = true; each.textContent = ""; } });
    form.querySelectorAll("[aria-invalid]").forEach(function (each) { each.removeAttribute("aria-invalid"); });
    var beside = 0;
    Object.keys(given.at).forEach(function (name) {
      var error = document.getElementById(name + "-error"), input = form.elements[name];
      if (!error) return;
      error.textContent = given.at[name];
      error.hidden = false;
      error.closest(".field").classList.add("has-error");
      if (input) input.setAttribute("aria-invalid", "true");
      if (error.closest("#elements")) beside += 1;
    });
    count("faults", beside);
    if (!loudly) return;
    if (!given.lines.length) told.replaceChildren();
    else {
      notice("error", "没有办成，请改正：", given.lines).focus();
      if (beside) open("elements");
      else if (given.lines.some(function (each) { return each.startsWith("检查"); })) open("findings");
    }
  }

  var files, saving = drafting.saving(form, document.getElementById("save-state"), {
    told: show,
    faults: faults,
    conflict: function (html) { told.innerHTML = html; told.firstElementChild.focus(); },
    uploaded: function () { return files.under(); }
  });
  files = drafting.files(form, document.getElementById("uploads"), {
    token: saving.token,
    attached: saving.adopt,
    pictured: function (made, at) { if (writer) writer.insertPicture(made.digest, made.name, at); },
    imported: function (made) {
      if (writer) writer.insert(made.html);
      if (made.notes.length) notice("warning", "已导入，请留意：", made.notes);
      else told.replaceChildren();
    }
  });

  // --- what the buttons of the form do
  form.addEventListener("submit", function (event) {
    var what = event.submitter ? event.submitter.value : "save", chosen;
    event.preventDefault();
    if (what === "attach" || what === "import") {
      chosen = form.elements[what === "attach" ? "attachments" : "imported"];
      if (what === "attach") files.attach(chosen.files);
      else if (chosen.files.length) files.bring(chosen.files[0]);
      chosen.value = "";
    } else if (what === "both") {
      saving.leave();
      form.noValidate = true;
      var button = document.createElement("input");
      button.type = "hidden"; button.name = "do"; button.value = "both";
      form.append(button);
      form.submit();
    } else saving.act(what);
  });
  form.addEventListener("input", function (event) { if (!/^because-/.test(event.target.name || "") && event.target.type !== "file") saving.touch(); });
  form.addEventListener("change", function (event) { if (event.target.tagName === "SELECT" && event.target.name) saving.touch(); });
  form.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); saving.act("save"); }
    if (event.key === "Enter" && event.target.dataset.enter) { event.preventDefault(); saving.act(event.target.dataset.enter); }
    else if (event.key === "Enter" && event.target.id === "title") { event.preventDefault(); if (writer) writer.editor.commands.focus("start"); }
  });
  form.addEventListener("click", function (event) {
    var go = event.target.closest("[data-goto]");
    if (go) goTo(go.dataset.goto);
    if (event.target.closest("[data-drop]")) { saving.leave(); saving.dropCopy(); }
  });
  form.elements.attachments.addEventListener("change", function () { files.attach(this.files); this.value = ""; });

  // --- files dropped beside the text
  form.addEventListener("dragover", function (event) { event.preventDefault(); zone.classList.toggle("is-over", zone.contains(event.target)); });
  form.addEventListener("dragleave", function (event) { if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over"); });
  form.addEventListener("drop", function (event) {
    zone.classList.remove("is-over");
    if (event.defaultPrevented || !event.dataTransfer.files.length) return;
    event.preventDefault();
    files.attach(event.dataTransfer.files);
  });

  // --- tabs by mouse and keys
  document.getElementById("side-tabs").hidden = false;
  tabs.forEach(function (tab, at) {
    panel(tab).setAttribute("role", "tabpanel");
    tab.addEventListener("click", function () { open(tab.id.slice(4)); });
    tab.addEventListener("keydown", function (event) {
      var to = { ArrowRight: at + 1, ArrowLeft: at - 1 }[event.key];
      if (to === undefined) return;
      tabs[(to + tabs.length) % tabs.length].focus();
      tabs[(to + tabs.length) % tabs.length].click();
    });
  });
  var wrong = form.querySelectorAll("#elements .has-error").length;
  count("faults", wrong);
  open(!wrong && Array.from(document.querySelectorAll("#faults li")).some(function (each) { return each.textContent.startsWith("检查"); }) ? "findings" : "elements");
  form.classList.add("has-script");

  function offer() {
    var kept = saving.copy();
    if (!kept) return;
    var made = notice("warning", "这台电脑上有 " + kept.at + " 写的、没有存上的内容。", []), act = document.createElement("p");
    [["找回来", function () {
      Object.keys(kept.fields).forEach(function (name) { if (form.elements[name]) form.elements[name].value = kept.fields[name]; });
      if (writer) writer.set(kept.fields.body_html || "");
      saving.seen(kept.seen);  // where somebody saved meanwhile, both are shown
      saving.touch();
    }], ["不要了", saving.dropCopy]].forEach(function (each) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small";
      button.textContent = each[0];
      button.addEventListener("click", function () { each[1](); told.replaceChildren(); });
      act.append(button, " ");
    });
    made.append(act);
  }

  import(form.dataset.editor).then(function (lib) {
    var place = document.getElementById("editor"), untouched = !saving.dirty();
    if (form.elements.text_form.value === "plain") {
      var lines = document.createElement("div");
      field.value.split("\n").filter(function (each) { return each.trim(); }).forEach(function (each) {
        var paragraph = document.createElement("p");
        paragraph.textContent = each;
        lines.append(paragraph);
      });
      field.value = lines.innerHTML;
    }
    form.elements.text_form.value = "html";
    writer = drafting.makeEditor(lib, place, field, address, {
      change: function () { saving.touch(); if (!document.getElementById("preview").hidden) shown(); },
      mark: function (key) { open("findings"); list.querySelector('[data-finding="' + CSS.escape(key) + '"]').scrollIntoView({ block: "nearest" }); },
      files: files.dropped,
      refused: function (why) { notice("warning", why, []); },
      clean: function (html) {
        var body = new FormData();
        body.append("csrfmiddlewaretoken", saving.token());
        body.append("html", html);
        return fetch(form.dataset.paste, { method: "POST", body: body, headers: { Accept: "application/json" } }).then(function (answer) {
          return answer.json();
        }, function () { throw "网断了"; }).then(function (made) {
          if (made.html === undefined) throw made.faults.lines.join("；");
          return made.html;
        }, function (why) { throw typeof why === "string" ? why : "系统没有办成"; });
      }
    });
    place.hidden = false;
    field.hidden = true;
    document.getElementById("text-hint").hidden = true;
    drafting.toolbar(document.getElementById("toolbar"), writer.editor, {
      picture: function () { document.getElementById("pick-picture").click(); },
      import: function () { document.getElementById("pick-import").click(); }
    });
    form.querySelector("details.import").hidden = true;
    field.value = drafting.fromEditor(lib, writer.editor.state.doc);
    if (untouched) saving.settled();
    mark();
    offer();
    form.classList.add("has-editor");
  }, offer);
  document.getElementById("pick-picture").addEventListener("change", function () { files.pictures(this.files, writer.editor.state.selection.from); this.value = ""; });
  document.getElementById("pick-import").addEventListener("change", function () { if (this.files.length) files.bring(this.files[0]); this.value = ""; });
})();
