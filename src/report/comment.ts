import type { Report } from '../model/report.ts';
import { headlineOf } from './headline.ts';
import { bytesOf, md } from './markdown.ts';
import { toSummary } from './summary.ts';

export interface CommentFacts {
  /** Bytes of UTF-8 that the text may have. */
  bytes: number;
  /** URL of the workflow's run. */
  url: string;
  commit: string;
  /** Name of the artifact with the files of the run. */
  artifact?: string;
  signed: boolean;
}

/** The job summary, as short as a comment has to be, with where it comes from below it. */
export function toComment(report: Report, { bytes, url, commit, artifact, signed }: CommentFacts): string {
  const facts = [`[this run](${url})`, `commit ${md(commit.slice(0, 12))}`, ...(artifact === undefined ? [] : [`files: artifact <code>${md(artifact)}</code>`]), signed ? 'signed' : 'unsigned'];
  const footer = `\n${facts.join(' · ')}\n`;
  return `${fitted(report, bytes - bytesOf(footer))}${footer}`;
}

/** The longest summary that fits once it calls nobody. */
function fitted(report: Report, most: number): string {
  for (let room = most; room > 0; ) {
    const text = unnoticed(toSummary(report, { bytes: room, limit: 'a comment has to stay short' }));
    const over = bytesOf(text) - most;
    if (over <= 0) return text;
    // What is over may have been a third of it before.
    room -= Math.ceil(over / 3) + leastStep;
  }
  return unnoticed(`## SMI conformance: ${md(report.mesh.name, 100)}: ${headlineOf(report).word}\n\nThe job summary has the rest, which is too long for a comment.\n`);
}

const leastStep = 100;

/**
 * In a comment GitHub tells people that they were mentioned, and issues that they were referred to, also where the sign is written as an entity. A space of no width
 * behind it keeps what a mesh or a server said from calling anybody.
 */
function unnoticed(text: string): string {
  return text.replaceAll(/&#(?:64|35);/g, '$&&#8203;');
}
