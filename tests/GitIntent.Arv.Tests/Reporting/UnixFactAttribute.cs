namespace GitIntent.Arv.Tests.Reporting;

/// <summary>A fact about devices and pipes as Linux has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "/dev/full and its kind are Linux's";
    }
}
