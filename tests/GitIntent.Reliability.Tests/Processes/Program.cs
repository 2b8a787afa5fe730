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
            case ["one", var file]:
                await Children.One(file);
                return 0;
            case ["contend", var file, var folder, var count]:
                return await Children.Contend(file, folder, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
            case ["sleepy", var file, var resource]:
                return await Children.Sleepy(file, resource);
            default:
                return 64;
        }
    }
}
