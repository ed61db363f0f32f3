/** The commands' code: a bundle of its own, loaded with the first that runs. */
export { addAccount } from './addAccount.ts';
export { accountProblem, signIn } from './signIn.ts';
export { signOut } from './signOut.ts';
export { clientCertificate } from './clientCertificate.ts';
export { checkAccount } from './checkAccount.ts';
export { assign } from './assign.ts';
export { changeTags } from './changeTags.ts';
export { changeStatus } from './changeStatus.ts';
export { changePriority } from './changePriority.ts';
export { changeTeam } from './changeTeam.ts';
export { exportWork } from './exportWork.ts';
export { follow } from './follow.ts';
export { dropOnGroup, dropOnQueue } from './dropped.ts';
export { nextTicket } from './nextTicket.ts';
export { openTicket } from './find.ts';
export { logCallOrChat } from './logCallOrChat.ts';
export { muteTicket, snoozeNotifications } from './mute.ts';
export { logTime, pauseTimer, startTimer, workTimer } from './workTime.ts';
export { property } from './properties.ts';
export { addWatcher, mergeTicket, relateTicket } from './ties.ts';
export { pickTicket } from './pickTicket.ts';
export {
  copyKey,
  groupTickets,
  openInBrowser,
  pinTicket,
  sortTickets,
  syncNow,
  workOffline,
} from './view.ts';
export { compare, discard, edit, force, retry } from '../outbox/outboxActs.ts';
