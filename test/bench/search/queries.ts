/** What people type, as it grows under their fingers: words, two words, the beginning of one, operators among them. */
export const kinds = {
  'one term': [
    'printer ',
    'payroll ',
    'meetings ',
    'connection ',
    'sign-on ',
    'licence ',
    'thursday ',
    'cable ',
  ],
  'two terms': [
    'printer slow ',
    'mailbox password ',
    'phone licence ',
    'vpn controller ',
    'laptop thursday ',
    'payroll closed ',
  ],
  prefix: ['pri', 'pass', 'mee', 'conn', 'ap', 'th', 'l', 'lic', 'co', 's'],
} as const;

/** Not for the peer, which has none. */
export const operatorQueries = [
  'printer status:open ',
  'vpn is:mine ',
  'from:ada is:active pass',
  'team:"Field service" laptop ',
  'is:breached printer ',
  'is:breached is:mine ',
  'status:stalled priority:1 ',
  '-status:closed,resolved payroll ',
  'to:none is:active ',
  'before:2026-01-01 mailbox ',
  'after:2025-11 tag:onboarding l',
  'from:chiara to:me ',
  'key:#4242',
  'has:sla -is:done phone OR vpn ',
  'subject:printer from:dmitri team:network ',
  'from:nobodyofthatname printer ',
] as const;
