using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace GitIntent.Reliability.Samples;

/// <summary>Web servers that only this machine can reach, on ports that the system chooses.</summary>
internal static class Loopback
{
    public static WebApplication Create()
    {
        // Empty: no configuration files, no environment, no logging but what the sample asks for.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        return builder.Build();
    }

    /// <summary>Where a started server listens.</summary>
    public static Uri AddressOf(WebApplication app) => new(app.Urls.Single());
}
