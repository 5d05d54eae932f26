import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { autocompletion } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import type { Finding } from '../api/images';
import { offersAt } from './completion';
import { markersOf } from './markers';

interface Props {
  label: string;
  /** The text at the beginning, and again with each new round. */
  text: string;
  /** Counts how often the text was replaced by something else than typing. */
  round: number;
  onType: (text: string) => void;
  /** What the server says of `judged`; undefined while it has not answered. */
  findings: readonly Finding[] | undefined;
  /** The text that the findings are about. */
  judged: string;
  schema: Record<string, unknown> | undefined;
}

/**
 * A YAML editor. It lives in a shadow root: there its style sheets are adopted, while in the page itself they would be
 * style elements, which the content security policy forbids. The Tab key leaves it, as it leaves any other field.
 */
export default function Editor({ label, text, round, onType, findings, judged, schema }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef({ onType, schema });
  // Whoever asks for offers before the schema has arrived gets them when it does.
  const waiting = useRef<Array<(schema: Record<string, unknown>) => void>>([]);
  useEffect(() => {
    latest.current = { onType, schema };
    if (schema) waiting.current.splice(0).forEach((one) => one(schema));
  });

  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          yaml(),
          lintGutter(),
          autocompletion({
            override: [
              async (context) => complete(context, latest.current.schema ?? (await new Promise((arrived) => waiting.current.push(arrived)))),
            ],
          }),
          syntaxHighlighting(COLOURS),
          LOOK,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onType(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
    // One editor for as long as the component lives; what changes comes in below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    const editor = view.current!;
    if (editor.state.doc.toString() !== text) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    // Not with the text itself: what comes back from typing may be older than what has been typed since.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [round]);

  useEffect(() => {
    const editor = view.current!;
    // Of a text that has changed since, the places would be wrong.
    if (findings === undefined || editor.state.doc.toString() !== judged) return;
    editor.dispatch(setDiagnostics(editor.state, markersOf(judged, findings)));
  }, [findings, judged]);

  return <div ref={host} className="editor" />;
}

function complete(context: CompletionContext, schema: Record<string, unknown>): CompletionResult | null {
  const found = offersAt(context.state.doc.toString(), context.pos, schema);
  if (!found || (found.from === context.pos && !context.explicit)) return null;
  return {
    from: found.from,
    validFor: /^[\w.-]*$/,
    options: found.offers.map((offer) => ({
      label: offer.label,
      apply: offer.text,
      detail: offer.detail,
      type: offer.kind,
      boost: offer.deprecated ? -50 : 0,
      ...(offer.info ? { info: offer.info } : {}),
    })),
  };
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: tags.special(tags.string), color: 'var(--good)' },
  { tag: [tags.lineComment, tags.meta], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: 'var(--medium)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--soft)' },
]);

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'color-mix(in srgb, var(--accent) 28%, transparent)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--raised)', color: 'var(--soft)', border: '1px solid var(--line)' },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--surface)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-diagnostic': { padding: '5px 10px' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--critical)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid var(--medium)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--critical)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--medium)' },
});
