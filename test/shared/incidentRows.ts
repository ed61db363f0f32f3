/** The same shape as the real one, with what is hard in it: `?`, a reopening, a wrong count, a breach. */
export function generatedLog(): string {
  const lines = [
    'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at',
  ];
  const priorities = ['1 - Critical', '2 - High', '3 - Moderate', '4 - Low'];
  for (let n = 0; n < 120; n++) {
    const number = `INC${String(n).padStart(7, '0')}`;
    const states = [
      'New',
      'Active',
      'Awaiting User Info',
      'Resolved',
      ...(n % 7 === 0 ? ['Active', 'Resolved'] : []),
      'Closed',
    ];
    states.forEach((state, step) => {
      const day = String(1 + (n % 20) + Math.floor(step / 2)).padStart(2, '0');
      const last = step === states.length - 1;
      const late = last && n % 3 === 0;
      const count = n % 10 === 0 && step === 0 ? 2 : step;
      const reopened = n % 7 === 0 && step >= 4 ? 1 : 0;
      lines.push(
        [
          number,
          state,
          last ? 'FALSE' : 'TRUE',
          Math.min(step, n % 4),
          reopened,
          count,
          late ? 'FALSE' : 'TRUE',
          `Caller ${n % 30}`,
          n % 5 === 0 ? '?' : `Opened by  ${n % 9}`,
          `${day.replace(/^../, String(1 + (n % 20)).padStart(2, '0'))}-03-2016 01:16`,
          '?',
          '?',
          `Updated by ${step + n}`,
          `${day}-03-2016 ${String(10 + step).padStart(2, '0')}:30`,
          'Phone',
          `Location ${n % 6}`,
          `Category ${n % 8}`,
          `Subcategory ${n % 11}`,
          n % 4 === 0 ? '?' : `Symptom ${n % 13}`,
          '?',
          '2 - Medium',
          '2 - Medium',
          priorities[step < 2 ? 2 : n % 4],
          n % 9 === 0 ? '?' : `Group ${step < 1 ? 70 : n % 12}`,
          n % 6 === 0 ? '?' : `Resolver ${n % 15}`,
          'TRUE',
          'FALSE',
          'Do Not Notify',
          '?',
          '?',
          '?',
          '?',
          'code 6',
          `Resolved by ${n % 15}`,
          n % 11 === 0 ? '?' : `${day}-03-2016 09:00`,
          `${String(1 + (n % 20) + 5).padStart(2, '0')}-03-2016 18:40`,
        ].join(','),
      );
    });
  }
  return lines.join('\n') + '\n';
}

/** A row of an incident log: the incident as it was from `sys_updated_at` on. `?` is nothing. */
export type Row = Record<string, string>;

/** The rows of each incident as they happened, by lines and commas only: no cell of these logs is quoted. */
export function incidentRows(csv: string): Map<string, Row[]> {
  const [head = '', ...lines] = csv.trimEnd().split(/\r?\n/);
  const names = head.split(',');
  const incidents = new Map<string, Row[]>();
  for (const line of lines) {
    const cells = line.split(',');
    const row = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '?']));
    incidents.set(row.number!, [...(incidents.get(row.number!) ?? []), row]);
  }
  for (const rows of incidents.values()) {
    const rising = (of: (row: Row) => number) =>
      rows.every((row, n) => n === 0 || of(rows[n - 1]!) <= of(row));
    const time = (row: Row) => instantOf(row.sys_updated_at)!;
    if (!rising(time) && !rising((row) => Number(row.sys_mod_count))) rows.sort((a, b) => time(a) - time(b));
  }
  return incidents;
}

/** `29-02-2016 01:16` in UTC. */
export function instantOf(text: string | undefined): number | undefined {
  const [, day, month, year, hour, minute] = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d)$/.exec(text ?? '') ?? [];
  if (day === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}
