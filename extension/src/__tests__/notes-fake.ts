import type { Note, Requests } from '../contract';

type Given = NonNullable<Requests['review']['params']['note']>;

/** Somebody's notes with one that is written, by the operation of this number. */
export function withNote(
  notes: readonly Note[],
  given: Given,
  op: number
): readonly Note[] {
  const before = notes.find(({ id }) => id === given.id);
  const written = {
    id: given.id ?? `n${op}`,
    text: given.text ?? before?.text ?? '',
    updated: null,
    seen: [`op${op}`],
    anchor: given.anchor === undefined ? (before?.anchor ?? null) : kept(given.anchor)
  };
  return given.id === null
    ? [...notes, written]
    : notes.map(old => (old.id === given.id ? written : old));
}

/** A page as the project keeps it. */
function kept(anchor: string | null): string | null {
  const page = /^(?:page )?(\d+)$/.exec(anchor ?? '');
  return page ? `p${page[1]}` : anchor;
}
