import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const perFolder = 50;
const services = ['mail', 'print', 'vpn', 'payroll', 'single sign-on', 'storage', 'telephony', 'backup'];
const sentences = [
  'Check that the spooler is running before you restart anything, because a restart drops every waiting job.',
  'The message appears when the domain controller can not be reached over the tunnel.',
  'Ask the requester which network they are in: the guest network has no route to the file server.',
  'If the certificate has expired, every client that was restarted since then shows the same error.',
  'Wait two minutes; the monitoring needs that long to notice that the service is back.',
  'This was seen first after the update in March and again after the one in October.',
];

/** One Markdown file of about 5 kB: front matter, headings, code, and some 19 links and ticket keys. */
export function corpusText(number: number, count: number): string {
  const link = (step: number, heading = '') => {
    const target = (number * 31 + step * 17) % count;
    return `[runbook ${target}](${relative(number, target)}${heading})`;
  };
  const say = (step: number) => sentences[(number + step) % sentences.length] ?? '';
  const paragraph = (step: number) =>
    [
      `${say(step)} See ${link(step)} and HD-${(number * 7 + step) % 5000}.`,
      `${say(step + 1)} Also ${link(step + 1, '#verify')}.`,
      `${say(step + 2)} ${say(step + 3)}`,
    ].join('\n');
  const section = (heading: string, step: number) =>
    `## ${heading}\n\n${paragraph(step)}\n\n${say(step + 4)}`;
  return `---
id: runbook-${number}
title: "Runbook ${number}: ${services[number % services.length] ?? ''} does not answer"
type: runbook
confidence: validated
audience: internal
owner: Helpdesk
services: [${services[number % services.length] ?? ''}]
symptoms:
  - ${JSON.stringify(say(2))}
  - error 0x8007${number.toString(16).padStart(4, '0')}
tags: [outage, tier-${number % 3}]
tier: ${(number % 3) + 1}
tickets: [HD-${number % 5000}, HD-${(number * 3) % 5000}]
tested_at: 2026-03-${String((number % 28) + 1).padStart(2, '0')}
---

# Runbook ${number}

${section('Issue', 1)}

${section('Environment', 3)}

${section('Prerequisites', 5)}

## Steps

1. ${say(1)}

   \`\`\`sh
   systemctl restart service-${number} # see [not a link](nowhere.md) or HD-1
   \`\`\`

2. ${say(2)} Use \`sc query ${number}\` and ${link(7)}.
3. ${say(3)} ![screen](images/screen-${number % 40}.png)

${section('Verify', 9)}

${section('Roll back', 11)}

${section('Escalate when', 13)}

${section('Cause', 15)}

${section('History', 17)}
`;
}

/** Where the file of a number lies, relative to the workspace. */
export function corpusPath(number: number): string {
  return `area-${Math.floor(number / perFolder)}/runbook-${number}.md`;
}

function relative(from: number, to: number): string {
  const folder = Math.floor(to / perFolder);
  return folder === Math.floor(from / perFolder) ? `runbook-${to}.md` : `../${corpusPath(to)}`;
}

/** Writes so many files below a folder; every link leads somewhere. */
export async function writeCorpus(folder: string, count: number): Promise<void> {
  for (let first = 0; first < count; first += perFolder) {
    await mkdir(path.join(folder, path.dirname(corpusPath(first))), { recursive: true });
    const numbers = Array.from({ length: Math.min(perFolder, count - first) }, (_, at) => first + at);
    await Promise.all(
      numbers.map((number) => writeFile(path.join(folder, corpusPath(number)), corpusText(number, count))),
    );
  }
}
