import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { markdown } from './markdown';
import { mathml, pieces } from './maths';

/** Plain text whose formulas are set; everything else stays as it is written. */
export function MathText(props: { text: string }): JSX.Element {
  const parts = useMemo(() => pieces(props.text), [props.text]);
  return (
    <>
      {parts.map((part, i) => {
        const shown = part.tex ? mathml(part.text, part.display) : null;
        if (shown === null) {
          return part.tex ? `$${part.text}$` : part.text;
        }
        return (
          <span key={i} class="rk-maths" dangerouslySetInnerHTML={{ __html: shown }} />
        );
      })}
    </>
  );
}

/** A note as its author means it to look. */
export function Markdown(props: { text: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(markdown(props.text));
  }, [props.text]);
  return <div class="rk-markdown" ref={place} />;
}

/** Text whose commands stand between backticks. */
export function coded(text: string): ComponentChildren {
  return text.split('`').map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part));
}

/** Text as a sentence: with a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
