/** The code of the *Queues* view and the filter: a bundle of its own, loaded after the first rows. */
export { QueuesView } from './queuesView.ts';
export { clearFilter, deleteQueue, editQueue, filterTickets, newQueue, showQueue } from './queueCommands.ts';
