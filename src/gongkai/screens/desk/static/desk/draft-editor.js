// The editor: it takes the place of the text field, which keeps what is sent. Pasted text is made clean by the server.
(function () {
  "use strict";
  var drafting = window.drafting = window.drafting || {};
  var LEAF = "\ufffc";

  function marksOf(lib, doc, findings) {
    // each place where the characters of a finding stand in one block, whatever their format
    var made = [];
    doc.descendants(function (node, at) {
      if (!node.isTextblock) return true;
      var text = node.textBetween(0, node.content.size, LEAF, LEAF);
      findings.forEach(function (each) {
        for (var from = text.indexOf(each.found); each.found && from >= 0; from = text.indexOf(each.found, from + each.found.length)) {
          made.push(lib.pm.view.Decoration.inline(at + 1 + from, at + 1 + from + each.found.length,
            { class: "mark mark-" + each.stops, "data-mark": each.key, title: each.said }));
        }
      });
      return false;
    });
    return lib.pm.view.DecorationSet.create(doc, made);
  }

  function marking(lib, on) {
    var key = new lib.pm.state.PluginKey("findings"), findings = [];
    var plugin = new lib.Plugin({
      key: key,
      state: {
        init: function () { return lib.pm.view.DecorationSet.empty; },
        apply: function (change, marks) {
          var told = change.getMeta(key);
          if (told) findings = told;
          return told || change.docChanged ? marksOf(lib, change.doc, findings) : marks;
        }
      },
      props: {
        decorations: function (state) { return key.getState(state); },
        handleClickOn: function (view, at, node, nodeAt, event) {
          var mark = event.target.closest("[data-mark]");
          if (mark) on.mark(mark.dataset.mark);
          return false;
        }
      }
    });
    return { key: key, extension: lib.Extension.create({ name: "findings", addProseMirrorPlugins: function () { return [plugin]; } }) };
  }

  function filesIn(data) {
    return data ? Array.from(data.files) : [];
  }

  // `on`: change(), mark(key), files(files, position), clean(html) → promise of clean html, refused(why).
  drafting.makeEditor = function (lib, place, field, address, on) {
    var marks = marking(lib, on), editor;

    function pasted(html, plain) {
      on.clean(html).then(function (clean) { editor.view.pasteHTML(drafting.forEditor(clean)); }, function (why) {
        editor.view.pasteText(plain);
        on.refused("粘贴的内容没有清理成，只粘贴了文字：" + why);
      });
    }

    function taken(event, data) {
      // what an editor copied is clean already; a picture beside HTML is only Word's own picture of its text
      var html = data ? data.getData("text/html") : "", files = filesIn(data);
      if (html && !/data-pm-slice/.test(html)) {
        event.preventDefault();
        pasted(html, data.getData("text/plain"));
        return true;
      }
      if (!html && files.length) {
        event.preventDefault();
        var at = event.type === "drop" ? editor.view.posAtCoords({ left: event.clientX, top: event.clientY }) : null;
        on.files(files, at ? at.pos : editor.state.selection.from);
        return true;
      }
      return false;
    }

    editor = new lib.Editor({
      element: place,
      injectCSS: false,
      extensions: drafting.extensions(lib, address).concat([marks.extension]),
      content: drafting.forEditor(field.value),
      editorProps: {
        attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "text-label", class: "text-editing" },
        handleDOMEvents: {
          paste: function (view, event) { return taken(event, event.clipboardData); },
          drop: function (view, event) {
            if (view.dragging) return false;
            event.stopPropagation();
            return taken(event, event.dataTransfer);
          }
        }
      },
      onUpdate: function () {
        field.value = drafting.fromEditor(lib, editor.state.doc);
        on.change();
      }
    });

    return {
      editor: editor,
      isEmpty: function () { return editor.isEmpty; },
      set: function (html) {
        editor.commands.setContent(drafting.forEditor(html), { emitUpdate: false, errorOnInvalidContent: false });
        field.value = html;
      },
      insert: function (html) {
        if (editor.isEmpty) editor.commands.setContent(drafting.forEditor(html), { emitUpdate: true });
        else editor.view.pasteHTML(drafting.forEditor(html));
      },
      insertPicture: function (digest, name, at) {
        var alt = name.replace(/\.[a-z0-9]+$/i, ""), end = editor.state.doc.content.size;
        editor.chain().focus().insertContentAt(Math.min(at, end), { type: "image", attrs: { src: "attachment:" + digest, alt: alt } }).run();
      },
      mark: function (findings) { editor.view.dispatch(editor.state.tr.setMeta(marks.key, findings)); },
      goTo: function (key) {
        var mark = place.querySelector('[data-mark="' + CSS.escape(key) + '"]');
        if (!mark) return false;
        var from = editor.view.posAtDOM(mark, 0);
        editor.chain().focus(null, { scrollIntoView: false }).setTextSelection({ from: from, to: from + mark.textContent.length }).run();
        mark.scrollIntoView({ block: "center" });
        return true;
      }
    };
  };
})();
