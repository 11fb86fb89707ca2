using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Headgate.Hosting;

/// <summary>Puts a gate into a .NET program.</summary>
public static class HeadgateServices
{
    /// <summary>
    /// Adds the gate (<see cref="HeadgateGate"/>, whose engine it gives). With a host it starts and stops with it, without one at the first
    /// request. A second call only configures.
    /// </summary>
    public static IServiceCollection AddHeadgate(this IServiceCollection services, Action<HeadgateOptions>? configure = null)
    {
        services.AddOptions().AddLogging();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton<HeadgateGate>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HeadgateHost>());
        return services;
    }

    /// <summary>Lets a named or typed client ask through the gate. Its base address, where it sets none, is the provider's own.</summary>
    /// <param name="builder">From <c>services.AddHttpClient(…)</c>.</param>
    /// <param name="provider">Catalogue name.</param>
    /// <param name="client">Names the asker (see <see cref="Gateway.Embedding.HeadgateHandler"/>); null takes the client's registered name.</param>
    public static IHttpClientBuilder AddHeadgate(this IHttpClientBuilder builder, string provider, string? client = null)
    {
        builder.Services.AddHeadgate();
        return builder
            .ConfigureHttpClient((services, http) => http.BaseAddress ??= services.GetRequiredService<HeadgateGate>().AddressOf(provider) is { } address
                ? new Uri($"{address.ToString().TrimEnd('/')}/")
                : null)
            .ConfigurePrimaryHttpMessageHandler(services => services.GetRequiredService<HeadgateGate>().Handler(provider, client ?? builder.Name));
    }
}
