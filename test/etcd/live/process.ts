/** An etcd of one member, started for a test: on loopback ports of its own, its data in a folder that goes with it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Seconds that a lease lasts at least with the election timeout below. */
export const MIN_LEASE_TTL = 1;

/** How often readiness is looked for, and how long apart. */
const LOOKS = 400;
const LOOK_MS = 25;

/** The version of the etcd that is installed here; `null` where there is none. */
export function etcdVersion(): string | null {
  const { status, stdout } = spawnSync("etcd", ["--version"], { encoding: "utf8" });
  return status === 0 ? (/etcd Version: (\S+)/.exec(stdout)?.[1] ?? null) : null;
}

/** A running etcd. */
export class EtcdProcess {
  /** Where clients are served. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  /** Starts one and waits until it serves. */
  static async start(): Promise<EtcdProcess> {
    const [clients, peers] = await freePorts();
    const folder = mkdtempSync(path.join(tmpdir(), "raftlab-etcd-"));
    const url = `http://127.0.0.1:${clients}`;
    const peer = `http://127.0.0.1:${peers}`;
    const flags = {
      "--data-dir": folder,
      "--listen-client-urls": url,
      "--advertise-client-urls": url,
      "--listen-peer-urls": peer,
      "--initial-advertise-peer-urls": peer,
      "--initial-cluster": `default=${peer}`,
      // A single member waits for its own election only.
      "--heartbeat-interval": "10",
      "--election-timeout": "50",
      "--log-level": "error",
    };
    const child = spawn("etcd", Object.entries(flags).flat(), { stdio: "ignore" });
    const started = new EtcdProcess(url, child, folder);
    for (let look = 0; look < LOOKS; look += 1) {
      if (child.exitCode !== null) break;
      if (await isHealthy(url)) return started;
      await sleep(LOOK_MS);
    }
    await started.stop();
    throw new Error(`etcd did not serve at ${url}`);
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGKILL");
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`);
    return (await response.text()).includes('"true"');
  } catch {
    return false;
  }
}

/** Two ports that nobody listens at now. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a server without a port");
    ports.push(address.port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  const [first, second] = ports;
  if (first === undefined || second === undefined) throw new Error("no free port");
  return [first, second];
}
