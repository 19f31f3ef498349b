using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;
using Jpki.Silo.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Serialization;

namespace Jpki.Silo.Tests.Values;

/// <summary>The domain's values pass through a silo uncopied, which is right because none of them can change.</summary>
public sealed class DomainValueTests
{
    private static readonly Assembly Domain = typeof(CommandEnvelope).Assembly;

    // What a value may consist of beside values of the domain: all immutable, or seen through an interface that can't change them.
    private static readonly Type[] Immutable =
    [
        typeof(string), typeof(Guid), typeof(DateOnly), typeof(DateTimeOffset), typeof(TimeOnly), typeof(TimeSpan), typeof(decimal),
        typeof(IReadOnlyList<>), typeof(IReadOnlySet<>), typeof(IReadOnlyDictionary<,>), typeof(IReadOnlyCollection<>),
        typeof(ImmutableList<>), typeof(ImmutableArray<>), typeof(ImmutableHashSet<>), typeof(ImmutableDictionary<,>), typeof(Nullable<>),
    ];

    [Fact]
    public async Task A_value_sent_to_a_grain_of_the_same_silo_and_back_is_the_same_object()
    {
        using var host = await SiloAsync();
        var mirror = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IMirrorGrain>("mirror");
        var envelope = new CommandEnvelope(CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001"), new EndCard(CardEndCause.Lost));

        Assert.Same(envelope, await mirror.Reflect(envelope));
        Assert.Same(envelope, ((ResidentMessage.Submit)await mirror.ReflectMessage(new ResidentMessage.Submit(envelope, new("clerk", Role.Clerk, null)))).Envelope);
        Assert.Same(envelope.Command, await mirror.ReflectCommand(envelope.Command));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Between_silos_a_value_travels_as_json_and_arrives_equal()
    {
        using var services = new ServiceCollection().AddSerializer(serializer => serializer.AddDomainValues()).BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var envelope = new CommandEnvelope(CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001"), new EndCard(CardEndCause.Lost));

        var arrived = serializer.Deserialize<CommandEnvelope>(serializer.SerializeToArray(envelope));

        Assert.Equal(envelope, arrived);
        Assert.NotSame(envelope, arrived);
    }

    [Fact]
    public void Nothing_that_messages_are_made_of_can_change()
    {
        var seen = new HashSet<Type>();
        Visit(typeof(ResidentMessage), seen);
        Visit(typeof(ResidentAnswer), seen);

        var changeable = seen.SelectMany(FieldsOf).Where(field => !field.IsInitOnly).Select(field => $"{field.DeclaringType}.{field.Name}");
        var foreign = seen.Where(type => !IsOurs(type) && !IsKnownImmutable(type) && !IsHiddenIn(type, seen)).Select(type => type.ToString());

        Assert.True(seen.Count(IsOurs) > 50);
        Assert.Empty(changeable);
        Assert.Empty(foreign);
    }

    private static void Visit(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.IsPrimitive || type.IsEnum)
            return;

        foreach (var argument in type.GetGenericArguments())
            Visit(argument, seen);
        if (!IsOurs(type))
            return;

        foreach (var derived in type.Assembly.GetTypes().Where(each => each != type && type.IsAssignableFrom(each)))
            Visit(derived, seen);
        foreach (var field in FieldsOf(type))
            Visit(field.FieldType, seen);
    }

    private static bool IsOurs(Type type) => type.Assembly == Domain || type.Assembly == typeof(ResidentMessage).Assembly;

    private static bool IsKnownImmutable(Type type) =>
        type.IsPrimitive || type.IsEnum || Immutable.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    /// <summary>The one array there is: it never leaves the struct that copies octets in and out.</summary>
    private static bool IsHiddenIn(Type type, HashSet<Type> seen) =>
        type == typeof(byte[]) && seen.Where(each => FieldsOf(each).Any(field => field.FieldType == type)).SequenceEqual([typeof(Octets)]);

    private static IEnumerable<FieldInfo> FieldsOf(Type type) => IsOurs(type) && !type.IsEnum
        ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Concat(type.BaseType is { } parent ? FieldsOf(parent) : [])
        : [];

    private static async Task<IHost> SiloAsync()
    {
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.Services.AddSerializer(serializer => serializer.AddDomainValues());
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>Gives back what it is given.</summary>
public interface IMirrorGrain : IGrainWithStringKey
{
    Task<CommandEnvelope> Reflect(CommandEnvelope value);

    Task<ResidentCommand> ReflectCommand(ResidentCommand value);

    Task<ResidentMessage> ReflectMessage(ResidentMessage value);
}

public sealed class MirrorGrain : Grain, IMirrorGrain
{
    public Task<CommandEnvelope> Reflect(CommandEnvelope value) => Task.FromResult(value);

    public Task<ResidentCommand> ReflectCommand(ResidentCommand value) => Task.FromResult(value);

    public Task<ResidentMessage> ReflectMessage(ResidentMessage value) => Task.FromResult(value);
}
