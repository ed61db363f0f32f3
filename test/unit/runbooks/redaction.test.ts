import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyRedactions,
  findRedactions,
  findSecrets,
  type KnownPerson,
} from '../../../src/runbooks/redaction.ts';

const people: KnownPerson[] = [
  { name: 'Carol Nguyen', id: 'cnguyen', role: 'requester' },
  { name: 'Mark Okafor', id: 'root', role: 'colleague' },
  { name: "Seán O'Neill", id: '12345', role: 'colleague' },
];

function found(text: string): string[] {
  return findRedactions(text, people).map((redaction) => `${redaction.kind}: ${redaction.text}`);
}

/** Put together here, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('');
const fake = {
  aws: join('AKIA', 'ABCDEFGHIJKLMNOP'),
  github: join('ghp_', 'a1B2'.repeat(9)),
  gitlab: join('glpat-', 'x9Y8'.repeat(5)),
  slack: join('xoxb-', '123456789012-abcdef'),
  jwt: join('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0In0', '.', 'dozjgNryP4J3jVmN'),
  rt: join('1-14-', '0123456789abcdef'.repeat(2)),
  key: join('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA ', 'PRIVATE KEY-----'),
};

const positives: [string, string[]][] = [
  [`key ${fake.aws} leaked`, [`token: ${fake.aws}`]],
  [`git clone with ${fake.github}.`, [`token: ${fake.github}`]],
  [`PRIVATE-TOKEN: ${fake.gitlab}`, [`token: ${fake.gitlab}`]],
  [`bot ${fake.slack}`, [`token: ${fake.slack}`]],
  [`Cookie: session=${fake.jwt}; x`, [`token: ${fake.jwt}`]],
  [`Authorization: token ${fake.rt}`, [`token: ${fake.rt}`]],
  ['Authorization: Bearer abcDEF123456789xyz', ['token: abcDEF123456789xyz']],
  ['Authorization: Basic Y2Fyb2w6c2VjcmV0MTI=', ['token: Y2Fyb2w6c2VjcmV0MTI=']],
  [`the key:\n${fake.key}\nend`, [`private-key: ${fake.key}`]],
  [fake.key.slice(0, 40), [`private-key: ${fake.key.slice(0, 40)}`]],
  ['password: Winter2026!', ['password: Winter2026!']],
  ['Password = "correct horse battery"', ['password: "correct horse battery"']],
  ['Passwort: Sommer', ['password: Sommer']],
  ['PWD=hunter2;', ['password: hunter2']],
  [`password: "correct horse ${fake.github} battery"`, [`token: "correct horse ${fake.github} battery"`]],
  ['her password is Tr0ub4dor&3 now', ['password: Tr0ub4dor&3']],
  ['I set the password to Welcome1', ['password: Welcome1']],
  ['the PIN is 4711', ['password: 4711']],
  ['DB_PASSWORD=s3cr3t', ['password: s3cr3t']],
  ['PGPASSWORD=abc12def psql', ['password: abc12def']],
  ['export DB_PASS="two words"', ['password: "two words"']],
  ['curl -u carol:Winter26 https://example.com', ['password: Winter26']],
  ['curl -s --user "carol:Winter26" x', ['password: Winter26']],
  ['mysqldump -u app -pWinter26 shop', ['password: Winter26']],
  ['sshpass -p Winter26 ssh app', ['password: Winter26']],
  ['net use z: /user:carol Winter26', ['password: Winter26']],
  ['<password>Winter26</password>', ['password: Winter26']],
  ['The password is: Winter26', ['password: Winter26']],
  ['**Password:** Winter26', ['password: Winter26']],
  ['**Password**: Winter26', ['password: Winter26']],
  ['Password: `Winter26`', ['password: `Winter26`']],
  ['`db_password` = `Winter26`', ['password: `Winter26`']],
  ['“Password”: “Winter 26”', ['password: “Winter 26”']],
  ['PW: Winter26', ['password: Winter26']],
  ['Password：Winter26', ['password: Winter26']],
  ['| **Password** | `Winter26` |', ['password: Winter26']],
  ['| WLAN password | Winter26 |', ['password: Winter26']],
  ['ConvertTo-SecureString -String "Winter 26" -AsPlainText', ['password: "Winter 26"']],
  ['{"api_key": "9f8e7d6c5b4a"}', ['password: "9f8e7d6c5b4a"']],
  ['mysql --password=hunter2 -u app', ['password: hunter2']],
  ['Server=db1;User Id=app;Password=pa55;Encrypt=yes', ['password: pa55']],
  ['AccountKey=abcDEF123==;EndpointSuffix', ['password: abcDEF123==']],
  ['postgres://app:s3cr3t@db/prod', ['password: s3cr3t']],
  ['snmp community: pr1vate', ['password: pr1vate']],
  ['card 4111 1111 1111 1111 please', ['card: 4111 1111 1111 1111']],
  ['IBAN DE89 3704 0044 0532 0130 00', ['card: DE89 3704 0044 0532 0130 00']],
  ['Write to carol.nguyen+desk@corp.example.com.', ['email: carol.nguyen+desk@corp.example.com']],
  ['mailto:bob@example.org', ['email: bob@example.org']],
  ['Call +49 171 1234567 today', ['phone: +49 171 1234567']],
  ['Call (030) 123456', ['phone: (030) 123456']],
  ['0171 2345678', ['phone: 0171 2345678']],
  ['my number: 415-555-0132', ['phone: 415-555-0132']],
  ['ext. 4567 or tel: 555-0123', ['phone: 4567', 'phone: 555-0123']],
  ['ping 10.20.30.40 fails', ['ip-address: 10.20.30.40']],
  ['gateway 192.168.1.1:8080', ['ip-address: 192.168.1.1']],
  ['fe80::1ff:fe23:4567:890a', ['ip-address: fe80::1ff:fe23:4567:890a']],
  ['2001:db8:85a3:0:0:8a2e:370:7334', ['ip-address: 2001:db8:85a3:0:0:8a2e:370:7334']],
  ['MAC 00:1A:2B:3C:4D:5E', ['ip-address: 00:1A:2B:3C:4D:5E']],
  ['srv-mail01.corp.local is down', ['host: srv-mail01.corp.local']],
  ['\\\\fs01\\share$\\x', ['host: fs01']],
  ['C:\\Users\\cnguyen\\AppData', ['user: cnguyen']],
  ['/home/bob/.ssh/config', ['user: bob']],
  ['Carol Nguyen called; Nguyen, Carol again', ['person: Carol Nguyen', 'person: Nguyen, Carol']],
  ['Thanks, Carol', ['person: Carol']],
  ["Mr O'Neill and Okafor", ["person: O'Neill", 'person: Okafor']],
  ['account CNguyen is locked', ['user: CNguyen']],
];

/** What helpdesks write every day, with nothing in it to hide. */
const clean = `The printer on the third floor shows error 0x80070005 since 2026-03-31 09:15:22.
Password reset required. The password is expired.
Password: must be changed at first sign-in.
She forgot her password and asked for a reset.
Please enter your password: it has at least 12 characters.
The token is invalid or has expired.
token: see the vault
password: <password>
password=\${DB_PASSWORD}
PGPASSWORD=$DB_PASSWORD psql
curl -u "$USER:$PASSWORD" -o x https://example.com/y
curl -u app https://wiki.example.com/a -a b
mysql -u app -p shop; sshpass -p "$PASSWORD" ssh app
net use z: /user:app
<password></password> and <password>{{ password }}</password>
The password is: expired.
**Password:** must be changed at first sign-in.
**Token**: \`kubectl create token ops\`
Password: \`expired\`
| User | Password | Host |
| Password | The one of the vault |
ConvertTo-SecureString "$password" -AsPlainText
export TOKEN=$VAULT_TOKEN
--password "$PASSWORD"
api_key: {{ api_key }}
secret: null
pwd: ********
The secret to a good hand-off is a list.
Pin the tab, then unpin the taskbar icon.
Version 10.0.19045.2 and driver 31.0.15.3623 are fine; Firefox/128.0.2.1 too.
Firmware 4.2.1.7 was installed.
Listen on 0.0.0.0 and 127.0.0.1, mask 255.255.255.0.
At 12:34:56 and 00:00:00 the service restarted; it took 01:02:03.
std::vector and a::b are C++; key: value is YAML.
See RT-1234, INC0012345, CHG0031234 and KB5034441.
Order 4500123456 arrived on 31.03.2026, serial CN1234567890.
Call the vendor when the light is red. Mobile devices too. Ext. drives are fine.
Free: 1 024 000 of 2 048 000 bytes; 12-34-56 is a part number.
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
commit 0123456789abcdef0123456789abcdef01234567
uuid 123e4567-e89b-12d3-a456-426614174000
Will the mark be there in May? Mark the checkbox; root owns the file.
git@github.com:acme/ops.git
https://wiki.example.com/printing/queue?page=2#steps
@media print and user@ are not addresses; a @ b neither.
C:\\Windows\\System32\\spool\\PRINTERS and /var/spool/cups
C:\\Users\\Public\\Documents
Outlook 2021 (16.0.17328) asks again and again.
net stop spooler && net start spooler
The basic configuration for bearer tokens is described there.
Access key fobs are at the reception. The passphrase policy changed.
Token authentication, password policy, secret santa, community edition.
const token = getToken();
IT-Support 24/7, 8-17 h, 100-200 users, 3-5 days, 1/2 of them.
ISO 27001, RFC 2616, port 8443, VLAN 20, COM3, HTTP 403, 404-500.
Model 5520-1234-5678, asset IT-000123, ticket 2026-000123.
Local settings, home directory, internal server error, ad hoc.`.split('\n');

describe('redaction', () => {
  for (const [text, expected] of positives) {
    it(`finds ${expected.join(', ').replace(/\s+/g, ' ').slice(0, 60)}`, () => {
      assert.deepEqual(found(text), expected);
    });
  }

  it('asks about next to nothing in clean text', () => {
    const alarms = clean.flatMap((line) => found(line).map((what) => `${line}  →  ${what}`));
    assert.deepEqual(alarms, []);
  });

  it('finds names that are written without spaces and capitals, within a sentence too', () => {
    const names = (text: string, name: string) =>
      findRedactions(text, [{ name, role: 'requester' }]).map((one) => one.text);
    assert.deepEqual(names('昨天王小明说他的打印机坏了。', '王小明'), ['王小明']);
    assert.deepEqual(names('山田 太郎さん、山田太郎さん', '山田 太郎'), ['山田 太郎', '山田太郎']);
    assert.deepEqual(names('דני כהן התקשר', 'דני כהן'), ['דני כהן']);
    assert.deepEqual(names('林さんは山林にいます', '林'), []);
  });

  it('takes out what was found and nothing else', () => {
    const text = 'Carol (carol@example.com, 10.1.2.3): password: Winter2026!';
    assert.equal(
      applyRedactions(text, findRedactions(text, people)),
      '[requester] ([e-mail address], [IP address]): password: [password]',
    );
    const [first] = findRedactions(text, people);
    assert.ok(first);
    assert.equal(applyRedactions(text, [first]), text.replace('Carol', '[requester]'));
  });

  it('is sure of a private key by its lines, not by the words before them', () => {
    const sure = (text: string) => findSecrets(text).map((secret) => secret.text);
    assert.deepEqual(sure(`Look for ${fake.key.slice(0, 31)} in the file.`), []);
    const key = fake.key.replace('MIIEpAIBAAKCAQEA', 'MIIEpAIBAAKCAQEA'.repeat(4));
    assert.deepEqual(sure(`Here it is:\n${key}\n`), [key]);
  });

  it('gives places in order that do not overlap, for any text', () => {
    const pieces = fc.constantFrom(...positives.map(([text]) => text), ...clean, ' ', '\n', ':', '"');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join(' ');
        let end = 0;
        for (const { range, text: secret } of findRedactions(text, people)) {
          assert.ok(range.start >= end && range.end > range.start);
          assert.equal(text.slice(range.start, range.end), secret);
          end = range.end;
        }
      }),
    );
  });

  it('ends on hostile text', function () {
    this.timeout(60_000); // Takes a second; what is not linear would take hours.
    for (const piece of [
      'a.',
      '1.',
      '1 ',
      '1:',
      'a@',
      '-----BEGIN PRIVATE KEY-----',
      'password: ',
      'x://',
      'Carol ',
      '::',
      'password_',
      '0 0',
      '\\\\',
      'eyJ',
      'DE89 ',
    ]) {
      const text = piece.repeat(50_000);
      assert.ok(applyRedactions(text, findRedactions(text, people)).length >= 0);
    }
  });
});
