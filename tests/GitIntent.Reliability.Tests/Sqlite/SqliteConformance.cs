using GitIntent.Reliability.Tests.Idempotency;
using GitIntent.Reliability.Tests.Locking;
using GitIntent.Reliability.Tests.Resume;
using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.Sqlite;

public class SqliteLocks : LockConformance<SqliteUnderTest>;

public class SqliteIdempotency : IdempotencyConformance<SqliteUnderTest>;

public class SqliteCheckpoints : CheckpointConformance<SqliteUnderTest>;
