// Loaded into a server process before its own code. Measures how long the event loop was held: the processor time between
// two runs of a timer. Replies to each message of the parent process with the longest time since the last message.

/** Milliseconds between two samples. */
const INTERVAL = 1;

let longest = 0;
let sampledAt = performance.now();
let cpu = process.cpuUsage();

function sample() {
  const { user, system } = process.cpuUsage(cpu);
  const now = performance.now();
  // Other threads use processor time as well; on a busy machine, other processes let real time pass.
  longest = Math.max(longest, Math.min((user + system) / 1000, now - sampledAt));
  cpu = process.cpuUsage();
  sampledAt = now;
}

setInterval(sample, INTERVAL).unref();
process.on('message', () => {
  sample();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ longest, cpu: (user + system) / 1000, rss, heapUsed });
  longest = 0;
});
process.channel?.unref();
