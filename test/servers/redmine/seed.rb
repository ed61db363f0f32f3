# Fills a new Redmine with a small support organisation and prints, as JSON, a key for everybody and the ids.
#   bundle exec ruby bin/rails runner seed.rb        (SEED_PASSWORD: of the administrator)
def setting(name, value)
  Setting.send("#{name}=", value)
end

setting :rest_api_enabled, '1'
setting :login_required, '1'
setting :issue_group_assignment, '1'
setting :text_formatting, 'common_mark'
setting :notified_events, []

admin = User.find_by!(login: 'admin')
admin.password = admin.password_confirmation = ENV.fetch('SEED_PASSWORD')
admin.must_change_passwd = false
admin.save!

users = { 'alice' => 'Alice Agent', 'bob' => 'Bob Tier2', 'lead' => 'Lena Lead', 'carol' => 'Carol Customer' }
users = users.to_h do |login, name|
  user = User.new(firstname: name.split.first, lastname: name.split.last, mail: "#{login}@example.test", language: 'en')
  user.login = login
  user.password = user.password_confirmation = ENV.fetch('SEED_PASSWORD')
  user.save!
  user.pref.hide_mail = '0'
  user.pref.save!
  [login, user]
end
groups = { 'Tier 1' => %w[alice lead], 'Tier 2' => %w[bob lead] }.to_h do |name, members|
  group = Group.create!(lastname: name)
  members.each { |login| group.users << users[login] }
  [name, group]
end

def role(name, assignable:, issues:, permissions:)
  Role.create!(
    name: name, assignable: assignable, issues_visibility: issues, permissions: permissions,
    time_entries_visibility: 'all'
  )
end

agent = role('Agent', assignable: true, issues: 'all', permissions: %i[
  view_issues add_issues edit_issues add_issue_notes edit_own_issue_notes view_private_notes set_notes_private
  set_issues_private manage_issue_relations manage_subtasks view_issue_watchers add_issue_watchers delete_issue_watchers log_time view_time_entries
  edit_own_time_entries save_queries
])
open_agent = role('Agent without secrets', assignable: true, issues: 'all', permissions: %i[
  view_issues add_issues edit_issues add_issue_notes log_time view_time_entries
])
customer = role('Customer', assignable: false, issues: 'own', permissions: %i[
  view_issues add_issues add_issue_notes view_time_entries
])
statuses = IssueStatus.all.to_a
Tracker.all.each do |tracker|
  [agent, open_agent].each do |role|
    statuses.product(statuses).each do |from, to|
      next if from == to
      WorkflowTransition.create!(role_id: role.id, tracker_id: tracker.id, old_status_id: from.id, new_status_id: to.id)
    end
  end
end

tier = IssueCustomField.create!(
  name: 'Escalation Tier', field_format: 'list', possible_values: %w[1 2 3], is_for_all: true, is_filter: true,
  tracker_ids: Tracker.pluck(:id)
)
fields = [
  { name: 'Serial number', field_format: 'string' },
  { name: 'Affected systems', field_format: 'list', possible_values: %w[Mail VPN Printing], multiple: true },
  { name: 'Out of warranty', field_format: 'bool' },
  { name: 'Purchased on', field_format: 'date' }
]
fields.each { |field| IssueCustomField.create!(is_for_all: true, tracker_ids: Tracker.pluck(:id), **field) }

def project(identifier, name, members)
  project = Project.new(identifier: identifier, name: name, is_public: false)
  project.enabled_module_names = %w[issue_tracking time_tracking]
  project.trackers = Tracker.all
  project.save!
  members.each { |who, role| Member.create!(project: project, principal: who, roles: [role]) }
end

everybody = groups.values.map { |group| [group, agent] } + [[users['carol'], customer]]
project('helpdesk', 'Helpdesk', everybody)
project('tier-2', 'Tier 2', groups.values.map { |group| [group, agent] })
project('network', 'Network', everybody)
project('open-house', 'Open House', groups.values.map { |group| [group, open_agent] } + [[users['carol'], customer]])

# What tickets look like can be seen only where there is one.
Issue.create!(
  project: Project.find('helpdesk'), tracker: Tracker.first, author: users['carol'], subject: 'Welcome',
  description: 'The first ticket.', priority: IssuePriority.default, status: IssueStatus.first
)

people = users.merge('admin' => admin)
puts JSON.generate(
  keys: people.transform_values(&:api_key),
  people: people.transform_values { |user| user.id.to_s },
  groups: groups.transform_values { |group| group.id.to_s },
  tierField: tier.id.to_s,
  roles: { agent: agent.id, openAgent: open_agent.id }
)
