import * as vscode from 'vscode';
import { dateLanguage } from '../desk/dateLanguage.ts';
import type { Instant } from '../desk/ticket.ts';

/** "28 Nov 2026, 09:38": dates name the month, so that no order of numbers can mislead. */
export function dateTime(at: Instant): string {
  return written(at, { dateStyle: 'medium', timeStyle: 'short' });
}

export function timeOfDay(at: Instant): string {
  return written(at, { timeStyle: 'short' });
}

/** With the day, where it is not today's. */
export function timeOrDate(at: Instant): string {
  return new Date(at).toDateString() === new Date().toDateString() ? timeOfDay(at) : dateTime(at);
}

function written(at: Instant, shape: Intl.DateTimeFormatOptions): string {
  return new Date(at).toLocaleString(dateLanguage(vscode.env.language), shape);
}
