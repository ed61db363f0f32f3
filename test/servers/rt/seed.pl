# Fills a new Request Tracker with a small support organisation and prints a token for each agent.
#   perl seed.pl PASSWORD        (RT_SITE_CONFIG names the configuration)
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use RT;

my ($password) = @ARGV;
RT::LoadConfig();
RT::Init();
my $system = RT->SystemUser;

sub must {
    my ( $what, $done, $message ) = @_;
    die "$what: $message\n" unless $done;
}

my %user;
for my $person (
    { name => 'alice', real => 'Alice Agent',    agent => 1 },
    { name => 'bob',   real => 'Bob Tier2',      agent => 1 },
    { name => 'lead',  real => 'Lena Lead',      agent => 1 },
    { name => 'carol', real => 'Carol Customer', agent => 0 },
  )
{
    my $name = $person->{name};
    $user{$name} = RT::User->new($system);
    must( "user $name", $user{$name}->Create(
        Name         => $name,
        RealName     => $person->{real},
        EmailAddress => "$name\@example.test",
        Password     => $password,
        Privileged   => $person->{agent},
    ) );
}

my %members = ( 'Tier 1' => [qw(alice lead)], 'Tier 2' => [qw(bob lead)] );
my @groups;
for my $name ( sort keys %members ) {
    my $group = RT::Group->new($system);
    must( "group $name", $group->CreateUserDefinedGroup( Name => $name ) );
    must( "member $_ of $name", $group->AddMember( $user{$_}->PrincipalId ) ) for @{ $members{$name} };
    push @groups, $group;
}

my %queue;
for my $name ( 'Helpdesk', 'Tier 2', 'Network' ) {
    $queue{$name} = RT::Queue->new($system);
    my $address = lc( $name =~ s/ //gr ) . '@rt.test';
    must( "queue $name", $queue{$name}->Create( Name => $name, SLADisabled => 0, CorrespondAddress => $address ) );
}

sub grant {
    my ( $group, $object, @rights ) = @_;
    must( "right $_", $group->PrincipalObj->GrantRight( Right => $_, Object => $object ) ) for @rights;
}

for my $group (@groups) {
    grant( $group, $_, qw(
        SeeQueue ShowTicket CreateTicket ReplyToTicket CommentOnTicket ShowTicketComments OwnTicket TakeTicket
        StealTicket ReassignTicket ModifyTicket WatchAsAdminCc SeeCustomField ModifyCustomField ShowOutgoingEmail
        ForwardMessage
    ) ) for values %queue;
    grant( $group, $RT::System, qw(ManageAuthTokens ModifySelf SeeGroup SeeCustomField) );
}

my $everyone = RT::Group->new($system);
$everyone->LoadSystemInternalGroup('Everyone');
grant( $everyone, $_, qw(CreateTicket ReplyToTicket SeeQueue) ) for @queue{ 'Helpdesk', 'Network' };

my $requestor = RT::Group->new($system);
$requestor->LoadRoleGroup( Object => RT->System, Name => 'Requestor' );
grant( $requestor, $_, 'ShowTicket' ) for values %queue;

my $tier = RT::CustomField->new($system);
must( 'custom field', $tier->Create(
    Name       => 'Escalation Tier',
    Type       => 'SelectSingle',
    LookupType => 'RT::Queue-RT::Ticket',
) );
$tier->AddValue( Name => $_ ) for 1 .. 3;
$tier->AddToObject( RT::Queue->new($system) );

for my $name (qw(alice bob lead)) {
    my ( $done, $message, $token ) =
      RT::AuthToken->new($system)->Create( Owner => $user{$name}->id, Description => 'Deskside tests' );
    must( "token of $name", $done, $message );
    print "$name $token\n";
}
