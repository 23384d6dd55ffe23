import { type Paper, type Review, STATUSES } from '../contract';

const WORDS =
  'sparse bottleneck split edge serving quantised diffusion cache routing video'.split(
    ' '
  );
/** The group's words. */
export const TAGS = [
  'split computing',
  'serving',
  'moe',
  'read before the meeting',
  'quantisation'
];

/** A paper whose facts follow from its number. */
export function paperOf(n: number): Paper {
  const word = (i: number): string => WORDS[(n * 7 + i * 3) % WORDS.length];
  const title =
    `Paper ${n}: ${word(1)} ${word(2)} ${word(3)}` +
    (n % 3 === 0
      ? ` with a long title that goes on about ${word(4)} and ${word(5)} until it cannot fit`
      : '');
  const reviews: Review[] =
    n % 2 === 0
      ? [
          {
            reviewer: 'ben',
            status: STATUSES[n % 5],
            rating: (n % 5) + 1,
            tags: TAGS.slice(0, n % 4),
            notes: [
              {
                id: `b${n}`,
                text: 'Table 3 is the **result**.',
                updated: null,
                seen: ['x'],
                anchor: 'p4'
              }
            ],
            updated: '2026-11-20T10:00:00Z',
            criteria: {}
          }
        ]
      : [];
  return {
    citekey: `key${n}`,
    id: `id${n}`,
    type: 'article',
    title,
    authors: ['Ana María Ruiz', 'Jón Þór Jónsson', `Person ${n}`],
    year: 2000 + (n % 26),
    venue:
      n % 4 === 0
        ? 'International Conference on Learning Representations (ICLR)'
        : 'MLSys',
    doi: null,
    arxiv: null,
    urls: [],
    links: [
      { url: `https://example.org/${n}`, label: 'arXiv', kind: 'arxiv' },
      { url: `https://example.org/code/${n}`, label: 'code', kind: 'code' }
    ],
    abstract: null,
    abstract_display:
      `We show that $E = mc^2$ holds for ${word(1)} models, at 2.25× the speed. `.repeat(
        9
      ),
    keywords: [],
    tags: [...new Set(reviews.flatMap(review => review.tags))],
    score: reviews[0]?.rating ?? null,
    disagreement: null,
    reviews,
    conflicts: [],
    private: null,
    cells: []
  };
}
