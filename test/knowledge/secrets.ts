const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const digits = '0123456789abcdef';

/** A line of a document with a secret in it, made up as the services make theirs; and the secret alone. */
export function secretLine(random: () => number): { line: string; secret: string } {
  const some = (length: number, from = letters) =>
    Array.from({ length }, () => from[Math.floor(random() * from.length)]).join('');
  const password = () => `${some(4)}${Math.floor(random() * 90) + 10}${some(5)}`;
  const kinds: (() => [before: string, secret: string, after?: string])[] = [
    () => ['The password is ', password(), '.'],
    () => ['password: ', password()],
    () => ['DB_PASSWORD=', password()],
    () => ['mysql -u report --password=', password(), ' tickets'],
    () => ['Server=db1;User Id=report;Password=', password(), ';'],
    () => ['psql postgres://report:', password(), '@db1.corp.example.net/tickets'],
    () => ['aws_access_key_id = ', `AKIA${some(16, capitals)}`],
    () => ['aws_secret_access_key = ', some(40)],
    () => ['export GITHUB_TOKEN=', `ghp_${some(36)}`],
    () => ['curl -H "PRIVATE-TOKEN: ', `glpat-${some(20)}`, '"'],
    () => ['Authorization: Bearer ', some(40)],
    () => ['Session: ', `eyJ${some(20)}.eyJ${some(40)}.${some(43)}`],
    () => [
      'Alerts go to ',
      `https://hooks.slack.com/services/T${some(8, capitals)}/B${some(8, capitals)}/${some(24)}`,
    ],
    () => ['SLACK_BOT=', `xoxb-${some(12, digits)}-${some(24)}`],
    () => ['api_key: "', `sk_live_${some(24)}`, '"'],
    () => ['key=', `AIza${some(35)}`],
    () => ['client_secret = "', some(32), '"'],
    () => ['SENDGRID=', `SG.${some(22)}.${some(43)}`],
    () => ['AccountKey=', `${some(86)}==`],
    () => ['net use Z: \\\\files\\team /user:report /password:', password()],
  ];
  const [before, secret, after = ''] = kinds[Math.floor(random() * kinds.length)]!();
  return { line: before + secret + after, secret };
}
