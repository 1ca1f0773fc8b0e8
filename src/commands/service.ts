/** What can be done with a service on its host: each is the text of one script. */
export { holdServices, releaseServices } from './hold.ts';
export { proveRunning, startService, stillUp } from './service-start.ts';
export { type StopLimits, stillDown, stopService } from './service-stop.ts';
