const header = [
  ...[
    'number',
    'incident_state',
    'active',
    'reassignment_count',
    'reopen_count',
    'sys_mod_count',
    'made_sla',
  ],
  ...['caller_id', 'opened_by', 'opened_at', 'sys_updated_by', 'sys_updated_at', 'contact_type', 'location'],
  ...['category', 'subcategory', 'u_symptom', 'impact', 'urgency', 'priority', 'assignment_group'],
  ...['assigned_to', 'notify', 'closed_code', 'resolved_by', 'resolved_at', 'closed_at'],
];
const states = ['New', 'Active', 'Active', 'Awaiting User Info', 'Active', 'Resolved', 'Closed'];

/** An audit log as ServiceNow exports it: a row for every state a ticket was in, seven a ticket. */
export function incidentLog(rows: number): string {
  return [header.join(','), ...Array.from({ length: rows }, (_, index) => line(index))].join('\n');
}

function line(index: number): string {
  const ticket = Math.floor(index / states.length);
  const step = index % states.length;
  const at = (hours: number) => {
    const time = new Date(Date.UTC(2026, 0, 5, 8) + (ticket + hours) * 3_600_000);
    const [year, month, day] = time.toISOString().slice(0, 10).split('-');
    return `${day}-${month}-${year} ${time.toISOString().slice(11, 16)}`;
  };
  return [
    `INC${String(ticket).padStart(7, '0')}`,
    states[step],
    step < 6 ? 'TRUE' : 'FALSE',
    Math.min(step, ticket % 4),
    0,
    step,
    ticket % 5 === 0 && step > 4 ? 'FALSE' : 'TRUE',
    `Caller ${ticket % 400}`,
    `Opened by ${ticket % 9}`,
    at(0),
    `Updated by ${(ticket + step) % 60}`,
    at(step),
    'Phone',
    `Location ${ticket % 140}`,
    `Category ${ticket % 50}`,
    `Subcategory ${ticket % 170}`,
    ticket % 4 === 0 ? '?' : `Symptom ${ticket % 200}`,
    '2 - Medium',
    '2 - Medium',
    `${1 + ((ticket + (step > 2 ? 1 : 0)) % 4)} - Level`,
    `Group ${step === 0 ? 70 : ticket % 12}`,
    step === 0 ? '?' : `Resolver ${ticket % 90}`,
    'Do Not Notify',
    `code ${ticket % 10}`,
    `Resolved by ${ticket % 90}`,
    at(5),
    at(6),
  ].join(',');
}
