import * as v from 'valibot';
import type { Capabilities } from '../../desk/capabilities.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import { relationKinds, watcherRoles } from '../../desk/ticket.ts';
import type { Session } from '../backend.ts';
import type { RtClient } from './client.ts';
import type { People } from './people.ts';
import { canCreateIn, type Queues } from './queues.ts';
import { linkSchema, versionSchema } from './schema.ts';

const sampleSize = 20;
const linkedSchema = v.object({ _hyperlinks: v.array(linkSchema) });

/** Signs in: is this an RT, who are we, and what do the links it offers us say about our rights? */
export async function openSession(
  client: RtClient,
  people: People,
  queues: Queues,
  url: string | undefined,
  signal: AbortSignal,
): Promise<Result<Session>> {
  const version = await client.get(versionSchema, '/rt', signal);
  if (!version.ok) {
    if (version.error.reason !== 'not-found') return version;
    return fail({
      reason: 'protocol',
      message: `No Request Tracker 5 answers at ${url ?? 'the account'}. Is the URL the one you open it with in the browser?`,
    });
  }
  const me = await people.me(signal);
  if (!me.ok) return me;
  const capabilities = await discover(client, people, queues, me.value.id, signal);
  return capabilities.ok ? ok({ me: me.value, capabilities: capabilities.value }) : capabilities;
}

/** RT lists no rights, but offers links only for what we may do. Without a ticket to look at, staff may do all. */
async function discover(
  client: RtClient,
  people: People,
  queues: Queues,
  me: string,
  signal: AbortSignal,
): Promise<Result<Capabilities>> {
  queues.forget();
  const [user, all, tiers, sample] = await Promise.all([
    people.user(me, signal),
    queues.all(signal),
    queues.haveTiers(signal),
    client.page(linkedSchema, '/tickets', signal, {
      query: "Status = '__Active__'",
      orderby: 'LastUpdated',
      order: 'DESC',
      per_page: sampleSize,
      fields: '_hyperlinks',
    }),
  ]);
  if (!user.ok) return user;
  if (!all.ok) return all;
  if (!tiers.ok) return tiers;
  if (!sample.ok) return sample;
  const links = sample.value.items.flatMap((ticket) => ticket._hyperlinks);
  const may = (ref: string) =>
    links.length === 0 ? user.value.Privileged > 0 : links.some((link) => link.ref === ref);
  const [reply, comment, modify] = [may('correspond'), may('comment'), may('lifecycle')];
  const move = modify && all.value.length > 1;
  return ok({
    createTicket: all.value.some(canCreateIn),
    publicReply: reply,
    internalNote: comment,
    interactionLog: comment ? 'note' : false,
    setSubject: modify,
    setStatus: modify,
    assign: modify,
    setTeam: move,
    setPriority: modify,
    setTier: modify && tiers.value ? 'native' : move ? 'team' : false,
    setTags: false,
    setCustomFields: modify,
    watchers: modify ? watcherRoles : [],
    relate: modify ? relationKinds : [],
    merge: modify,
    logTime: modify,
    attach: reply || comment,
    sla: all.value.some((queue) => queue.SLADisabled === 0),
    optimisticConcurrency: true,
    serverSearch: false,
    scopes: ['mine', 'team'],
  });
}
