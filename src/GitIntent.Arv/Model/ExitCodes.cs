namespace GitIntent.Arv.Model;

/// <summary>What the command exits with. Few, never reused, and never dependent on the output's form or on whether publishing worked.</summary>
internal static class ExitCodes
{
    /// <summary>Every gate passed or was skipped for a stated reason, and something was judged.</summary>
    public const int Ready = 0;

    /// <summary>There are findings. Nothing else ever exits with this.</summary>
    public const int Failed = 1;

    /// <summary>At least one gate could not judge, and none failed.</summary>
    public const int Refused = 3;

    /// <summary>VALIDATION_ERROR: the command line or the configuration is wrong.</summary>
    public const int Usage = 20;

    /// <summary>NOT_FOUND: what was named is not there.</summary>
    public const int NotFound = 21;

    /// <summary>LOCK_CONFLICT: another run is under way in the tree, and nobody wanted to wait for it.</summary>
    public const int LockConflict = 23;

    /// <summary>INTERNAL_ERROR: the tool crashed outside a check; a bug of ours.</summary>
    public const int Crash = 40;

    /// <summary>CONFIGURATION_ERROR: the machine does not let the tool do its work, for example write a report that was asked for.</summary>
    public const int Machine = 41;

    /// <summary>SIGHUP: 128 + 1. The terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>SIGINT: 128 + 2.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGQUIT: 128 + 3. Ctrl+\ or Ctrl+Break.</summary>
    public const int Quit = 131;

    /// <summary>SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
