/** RT_SiteConfig.pm of a Request Tracker on loopback that keeps everything in one folder and sends no mail. */
export function siteConfig(folder: string, port: number): string {
  return `
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${folder}/rt.sqlite3');
Set($rtname, 'rt.test');
Set($Organization, 'rt.test');
Set($Timezone, 'UTC');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($WebPath, '');
Set($CorrespondAddress, 'rt\\@rt.test');
Set($CommentAddress, 'rt-comment\\@rt.test');
Set($MailCommand, 'testfile');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');
Set($LogToFile, undef);
Set($BcryptCost, 10);
Set(%PriorityAsString, Default => { Low => 0, Medium => 50, High => 100 });
Set(%ServiceAgreements, Default => 'std', Levels => { std => {
  StartImmediately => 1, Response => { RealMinutes => 60 }, Resolve => { RealMinutes => 480 },
} });
$RT::MasonDataDir = '${folder}/mason';
$RT::MasonSessionDir = '${folder}/session';
1;
`;
}
