import { Agent } from 'node:http';
import axios from 'axios';
import type { Downloaded } from './ours.ts';

/** The bare loop: one page after the other, downloaded and parsed, nothing else. */
export async function download(port: number, count: number): Promise<Downloaded> {
  const client = axios.create({ proxy: false, httpAgent: new Agent({ keepAlive: true }) });
  const begin = performance.now();
  let tickets = 0;
  for (let page: number | null = 0; page !== null;) {
    const answer: { data: { tickets: unknown[]; next: number | null } } = await client.get(
      `http://127.0.0.1:${port}/tickets?page=${page}`,
    );
    tickets += answer.data.tickets.length;
    page = answer.data.next;
  }
  if (tickets !== count) throw new Error(`${tickets} tickets came instead of ${count}.`);
  const time = performance.now() - begin;
  return { stored: time, searchable: time };
}
