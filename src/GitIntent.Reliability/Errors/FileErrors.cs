namespace GitIntent.Reliability;

internal static class FileErrors
{
    public static ErrorClassification? Of(IOException e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException => new(ErrorCode.NotFound),
        PathTooLongException => new(ErrorCode.ValidationError),
        EndOfStreamException => new(ErrorCode.InternalError), // a file that is too short stays too short
        FileLoadException => new(ErrorCode.ConfigurationError),
        _ => e.InnerException is null ? OfNumber(e.HResult) : null, // a stream's failure: its cause decides
    };

    // .NET on Unix leaves the raw errno in HResult, on Windows 0x8007 and the Win32 code (pal_error_common.h; winerror.h).
    private static ErrorClassification? OfNumber(int hresult)
    {
        if (OperatingSystem.IsWindows())
        {
            return (hresult & 0xFFFF) switch
            {
                32 or 33 => new(ErrorCode.ServiceUnavailable), // sharing violation, lock violation
                39 or 112 => new(ErrorCode.ConfigurationError), // disk full
                19 => new(ErrorCode.ConfigurationError), // write-protected
                80 or 183 => new(ErrorCode.Conflict), // exists
                1295 => new(ErrorCode.QuotaExceeded),
                _ => null,
            };
        }

        return hresult switch
        {
            4 => new(ErrorCode.ServiceUnavailable), // EINTR
            16 or 26 => new(ErrorCode.ServiceUnavailable), // EBUSY, ETXTBSY
            11 when OperatingSystem.IsLinux() => new(ErrorCode.ServiceUnavailable), // EAGAIN: how flock says "somebody has it"
            35 when !OperatingSystem.IsLinux() => new(ErrorCode.ServiceUnavailable), // EAGAIN of the BSDs
            17 => new(ErrorCode.Conflict), // EEXIST
            23 or 24 => new(ErrorCode.ServiceUnavailable), // ENFILE, EMFILE
            28 or 30 => new(ErrorCode.ConfigurationError), // ENOSPC, EROFS
            32 => new(ErrorCode.NetworkError), // EPIPE
            122 when OperatingSystem.IsLinux() => new(ErrorCode.QuotaExceeded), // EDQUOT
            69 when !OperatingSystem.IsLinux() => new(ErrorCode.QuotaExceeded),
            _ => null,
        };
    }
}
