// The tools over the text: each does one thing to what is selected; the arrow keys walk them.
(function () {
  "use strict";
  var drafting = window.drafting = window.drafting || {};

  function align(side) {
    return function (run) { return run.updateAttributes("paragraph", { side: side }).updateAttributes("heading", { side: side }); };
  }

  var DOES = {
    bold: function (run) { return run.toggleBold(); },
    italic: function (run) { return run.toggleItalic(); },
    underline: function (run) { return run.toggleUnderline(); },
    superscript: function (run) { return run.toggleSuperscript(); },
    subscript: function (run) { return run.toggleSubscript(); },
    left: align(null), center: align("center"), right: align("right"),
    bullets: function (run) { return run.toggleBulletList(); },
    numbers: function (run) { return run.toggleOrderedList(); },
    quote: function (run) { return run.toggleBlockquote(); },
    table: function (run) { return run.insertTable({ rows: 3, cols: 3, withHeaderRow: true }); },
    clear: function (run) { return run.unsetAllMarks().clearNodes().updateAttributes("paragraph", { side: null }); },
    undo: function (run) { return run.undo(); },
    redo: function (run) { return run.redo(); },
    rowBefore: function (run) { return run.addRowBefore(); },
    rowAfter: function (run) { return run.addRowAfter(); },
    columnBefore: function (run) { return run.addColumnBefore(); },
    columnAfter: function (run) { return run.addColumnAfter(); },
    merge: function (run) { return run.mergeCells(); },
    split: function (run) { return run.splitCell(); },
    header: function (run) { return run.toggleHeaderCell(); },
    deleteRow: function (run) { return run.deleteRow(); },
    deleteColumn: function (run) { return run.deleteColumn(); },
    deleteTable: function (run) { return run.deleteTable(); }
  };
  var ACTIVE = {
    bold: ["bold"], italic: ["italic"], underline: ["underline"], superscript: ["superscript"], subscript: ["subscript"],
    center: [{ side: "center" }], right: [{ side: "right" }], bullets: ["bulletList"], numbers: ["orderedList"],
    quote: ["blockquote"], link: ["link"], header: ["tableHeader"]
  };

  function caption(editor) {
    // before the table that the caret is in; where one stands already the caret goes there
    var $at = editor.state.selection.$anchor;
    for (var depth = $at.depth; depth > 0; depth -= 1) {
      if ($at.node(depth).type.name !== "table") continue;
      var start = $at.before(depth), before = editor.state.doc.resolve(start).nodeBefore;
      if (before && before.type.name === "tableTitle") editor.chain().focus(start - 1).run();
      else editor.chain().insertContentAt(start, { type: "tableTitle" }).focus(start + 1).run();
      return;
    }
  }

  function linking(editor, bar) {
    var form = bar.querySelector("#link-form"), address = form.querySelector("#link-address"), error = form.querySelector("#link-error");
    function close() { form.hidden = true; editor.commands.focus(); }
    function set() {
      var given = address.value.trim(), wrong = "";
      if (!/^(https?:\/\/|mailto:|\/)\S+$/i.test(given)) wrong = "网址以 https:// 或者 http:// 开头";
      else if (editor.state.selection.empty && !editor.isActive("link")) wrong = "先在正文里选中要加链接的文字";
      error.hidden = !wrong;
      error.textContent = wrong;
      if (wrong) return;
      editor.chain().focus().extendMarkRange("link").setLink({ href: given }).run();
      close();
    }
    form.querySelector("#link-set").addEventListener("click", set);
    form.querySelector("#link-off").addEventListener("click", function () {
      editor.chain().focus().extendMarkRange("link").unsetLink().run();
      close();
    });
    address.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); set(); }
      if (event.key === "Escape") close();
    });
    return function () {
      form.hidden = !form.hidden;
      error.hidden = true;
      if (form.hidden) return;
      address.value = editor.getAttributes("link").href || "";
      address.focus();
    };
  }

  // `on`: what the tools for files do: picture(), import().
  drafting.toolbar = function (bar, editor, on) {
    var block = bar.querySelector("[data-block]"), tools = Array.from(bar.querySelectorAll("[data-do]"));
    var alt = bar.querySelector("#picture-alt"), open = linking(editor, bar);
    var own = { link: open, caption: function () { caption(editor); }, picture: on.picture, import: on.import };
    bar.hidden = false;

    bar.addEventListener("click", function (event) {
      var tool = event.target.closest("[data-do]");
      if (!tool || tool.getAttribute("aria-disabled") === "true") return;
      var name = tool.dataset.do;
      if (own[name]) own[name]();
      else DOES[name](editor.chain().focus()).run();
    });
    bar.addEventListener("mousedown", function (event) { if (event.target.closest("[data-do]")) event.preventDefault(); });
    block.addEventListener("change", function () {
      var level = Number(block.value), run = editor.chain().focus();
      (level ? run.setHeading({ level: level }) : run.setParagraph()).run();
    });
    alt.addEventListener("change", function () { editor.chain().updateAttributes("image", { alt: alt.value.trim() }).run(); });

    function walk(event) {
      if ((event.key !== "ArrowRight" && event.key !== "ArrowLeft") || event.target.tagName === "INPUT") return;
      var shown = [block].concat(tools).filter(function (tool) { return !tool.closest("[hidden]"); });
      var at = shown.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1);
      if (event.target === block && event.key === "ArrowLeft") at = shown.length - 1;
      event.preventDefault();
      shown[(at + shown.length) % shown.length].focus();
    }
    bar.addEventListener("keydown", walk);

    function follow() {
      tools.forEach(function (tool) {
        var name = tool.dataset.do;
        if (ACTIVE[name]) tool.setAttribute("aria-pressed", String(editor.isActive.apply(editor, ACTIVE[name])));
        if (name === "merge" || name === "split" || name === "undo" || name === "redo") {
          tool.setAttribute("aria-disabled", String(!DOES[name](editor.can().chain()).run()));
        }
      });
      var level = editor.getAttributes("heading").level;
      block.value = String(level || 0);
      bar.querySelectorAll("[data-when]").forEach(function (part) { part.hidden = !editor.isActive(part.dataset.when); });
      if (editor.isActive("image") && document.activeElement !== alt) alt.value = editor.getAttributes("image").alt || "";
    }
    editor.on("transaction", follow);
    follow();
  };
})();
