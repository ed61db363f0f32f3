import { openStore } from '../../../src/store/open.ts';
import { operation, ticket, value, workerFile } from './fixtures.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

/** What another window, or one that is about to die, does to the store. */
const [, , task, folder] = process.argv;
const { writer, reader } = value(await openStore({ folder: folder!, workerFile }));
const say = (text: string) => process.stdout.write(`${text}\n`);

async function pages(): Promise<void> {
  for (let page = 1; ; page++) {
    say(`page ${page}`);
    const tickets = Array.from({ length: 40 }, (_, n) => ticket(page * 100 + n, { tags: [`page ${page}`] }));
    value(
      await writer.run(
        'putPage',
        packPage({
          accountId: 'a',
          scope: mine,
          tickets,
          timelines: [],
          cursor: String(page),
        }),
      ),
    );
  }
}

async function queue(): Promise<void> {
  for (let n = 1; ; n++) {
    value(await writer.run('queue', operation(`operation-${n}`)));
    say(`operation-${n}`);
  }
}

async function share(): Promise<void> {
  for (let n = 0; n < 60; n++) {
    value(await writer.run('queue', operation(`${process.pid}-${n}`)));
    value(await writer.run('putTicket', ticket(process.pid * 100 + n)));
  }
  await writer.close();
  reader.close();
  say('done');
}

const tasks = new Map([pages, queue, share].map((one) => [one.name, one]));
await tasks.get(task!)!();
