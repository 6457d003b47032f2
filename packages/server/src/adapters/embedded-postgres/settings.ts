const MB = 1024 * 1024;

/** The file inside PostgreSQL's folder that is written anew at every start. */
export const SETTINGS_FILE = 'inlay.conf';
/** The file beside it for the owner's own settings: it wins, and is written once, empty. */
export const OWN_SETTINGS_FILE = 'custom.conf';

export interface Machine {
  /** Bytes of memory this process may use: the machine's, or the container's limit if that is less. */
  readonly memory: number;
  readonly platform: string;
}

function megabytes(bytes: number, low: number, high: number): string {
  return `${Math.max(low, Math.min(high, Math.floor(bytes / MB)))}MB`;
}

function durability(platform: string): Record<string, string> {
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // On macOS only this one empties the drive's own cache (PostgreSQL manual, "Reliability").
    ...(platform === 'darwin' ? { wal_sync_method: 'fsync_writethrough' } : {}),
  };
}

function logging(): Record<string, string> {
  return {
    lc_messages: 'C',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: "''",
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'error',
    // Statements and details would carry what people wrote to each other.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}

/**
 * PostgreSQL's settings for this job: many small group commits on a few rows that change all the time (the
 * conversations' counters), short indexed reads, on a laptop or one server shared with the node.
 */
function settings({ memory, platform }: Machine): Record<string, string> {
  return {
    ...durability(platform),
    ...logging(),
    cluster_name: 'inlay',
    timezone: 'UTC',
    unix_socket_permissions: '0700',
    max_connections: '60',
    // A backend whose node was killed notices within this time even in the middle of a long query.
    client_connection_check_interval: '2s',

    shared_buffers: megabytes(memory / 16, 64, 2048),
    effective_cache_size: megabytes(memory / 2, 256, 65536),
    maintenance_work_mem: megabytes(memory / 64, 32, 256),
    work_mem: '8MB',
    huge_pages: 'try',

    wal_level: 'replica',
    wal_buffers: '16MB',
    // The bundled server has no lz4, and pglz saves less than 1 % of the log of a group commit (measured).
    wal_compression: 'off',
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',

    // Every query is short and has an index: compiling or spreading one costs more than running it.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    random_page_cost: '1.1',

    // The hot counter rows die by the thousand a second: clean little and often.
    autovacuum_naptime: '10s',
    autovacuum_max_workers: '2',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_vacuum_insert_scale_factor: '0.1',
    autovacuum_analyze_scale_factor: '0.05',
    autovacuum_vacuum_cost_delay: '1ms',
  };
}

/** The settings as the text of the include file. */
export function settingsText(machine: Machine): string {
  const lines = Object.entries(settings(machine)).map(([name, value]) => `${name} = ${value}`);
  return `# Written at every start of Inlay. Your own settings belong into ${OWN_SETTINGS_FILE}, beside this file.\n${lines.join('\n')}\n`;
}
