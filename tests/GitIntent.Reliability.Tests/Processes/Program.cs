using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty.Durable;

namespace GitIntent.Reliability.Tests.Processes;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["write", var file]:
                await Children.Write(file);
                return 0;
            case ["steps", var file, var id]:
                await Children.Steps(file, id, true);
                return 0;
            case ["unflushed", var file, var id]:
                await Children.Steps(file, id, false);
                return 0;
            case ["offline", var file]:
                await Children.Offline(file);
                return 0;
            case ["full", var folder]:
                return await Disks.Full(folder);
            case ["keep", var file]:
                return await Disks.Keep(file);
            case ["read-only", var file]:
                return await Disks.ReadOnly(file);
            case ["kept", var file]:
                return await Disks.Kept(file);
            case ["contend", var file, var folder, var count]:
                return await Children.Contend(file, folder, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
            case ["sleepy", var file, var resource]:
                return await Children.Sleepy(file, resource);
            case ["crash-files", var fault, var job]:
                return await ConformanceChild.RunAsync(new FileSubject(fault.Length == 0 ? null : Enum.Parse<DurableFault>(fault)), job);
            case ["crash-sqlite", var folder, var job]:
                return await ConformanceChild.RunAsync(SqliteSubject.In(folder), job);
            default:
                return 64;
        }
    }
}
