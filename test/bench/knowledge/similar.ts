import { TextIndex, type TextItem } from '../../../src/runbooks/textIndex.ts';
import { tellingLength } from '../../../src/server/ticketIndex.ts';
import { generator } from '../../shared/kill/run.ts';
import type { Bench, Measured } from '../figure.ts';
import { reportSets, type ReportSet } from './bugReports.ts';
import { PlainBm25 } from './plainBm25.ts';

const many = 50_000;
const asked = 200;
const most = 10;
const draws = 10_000;

/** Similar tickets: are the known duplicates of a report among the first, and how long does it take in a large desk? */
export const similar: Bench = {
  name: 'similar',
  run: async () => {
    const sets = await reportSets();
    if (sets.length === 0) console.log('similar: there are no bug reports beside the checkout.');
    const [first] = sets;
    return first === undefined ? [] : [...sets.flatMap(hits), latency(first.items)];
  },
};

/** Of each query, how many of the first are looked at until a duplicate is there; 0 for none among {@link most}. */
interface Ranks {
  ours: number;
  plain: number;
}

function hits(set: ReportSet): Measured[] {
  const { name, use, items, duplicates } = set;
  const index = new TextIndex();
  const telling = items.map(({ title, text }) => ({ title, text: text.slice(0, tellingLength) }));
  telling.forEach((item, number) => index.put(number, item));
  const plain = new PlainBm25(items);
  const ranks = [...duplicates].map(([number, wanted]): Ranks => {
    const query = telling[number] ?? { title: '', text: '' };
    const found = index.find(query, most, (one) => one !== number).map((match) => match.number);
    const rankIn = (numbers: readonly number[]) => numbers.findIndex((one) => wanted.has(one)) + 1;
    return { ours: rankIn(found), plain: rankIn(plain.like(number, most)) };
  });
  return ([5, 10] as const).map((first) => {
    const isHit = (rank: number) => rank > 0 && rank <= first;
    const won = ranks.filter(({ ours, plain: theirs }) => isHit(ours) && !isHit(theirs)).length;
    const lost = ranks.filter(({ ours, plain: theirs }) => !isHit(ours) && isHit(theirs)).length;
    const part = (which: keyof Ranks) => ranks.filter((rank) => isHit(rank[which])).length / ranks.length;
    const [low, high] = interval(
      ranks.map(({ ours, plain: theirs }) => Number(isHit(ours)) - Number(isHit(theirs))),
    );
    console.log(
      `  ${name} (${use}), hit@${first}: ${won} queries won, ${lost} lost of ${ranks.length}; better by ${low.toFixed(3)} to ${high.toFixed(3)} (95 %)`,
    );
    return {
      name: name.toLowerCase() === 'seamonkey' ? `similar.hit${first}` : `similar.hit${first}.${name}`,
      size: ranks.length,
      value: part('ours'),
      unit: '',
      peer: `plain BM25 (${use} set): more is better`,
      peerValue: part('plain'),
    };
  });
}

/** Where 95 of 100 means lie if the queries had been drawn again (bootstrap). */
function interval(differences: readonly number[]): [low: number, high: number] {
  const random = generator(1);
  const means = Array.from({ length: draws }, () => {
    let sum = 0;
    for (let at = 0; at < differences.length; at++)
      sum += differences[Math.floor(random() * differences.length)] ?? 0;
    return sum / differences.length;
  }).sort((a, b) => a - b);
  return [means[Math.floor(draws * 0.025)] ?? 0, means[Math.floor(draws * 0.975)] ?? 0];
}

function latency(items: readonly TextItem[]): Measured {
  const index = new TextIndex();
  for (let number = 0; number < many; number++) {
    const item = items[number % items.length];
    if (item !== undefined) index.put(number, { ...item, title: `${item.title} ${number}` });
  }
  const times = items.slice(0, asked).map((item) => {
    const begin = process.threadCpuUsage();
    index.find(item, most);
    const { user, system } = process.threadCpuUsage(begin);
    return (user + system) / 1000;
  });
  times.sort((a, b) => a - b);
  return {
    name: 'similar.query-p95',
    size: many,
    value: times[Math.floor(times.length * 0.95)] ?? 0,
    unit: 'ms',
    peer: '20 ms',
    peerValue: 20,
    target: { value: 20 },
  };
}
