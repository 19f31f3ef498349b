using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Jpki.Domain.Json;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace Jpki.Silo.Configuration;

/// <summary>
/// The domain's values in Orleans: between silos as JSON of the one contract, inside a silo as they are. Orleans copies arguments and
/// results so that no grain sees another's changes; what never changes needs no copy.
/// </summary>
public static class DomainValues
{
    private static readonly Assembly Assembly = typeof(Contract).Assembly;

    public static void AddDomainValues(this ISerializerBuilder serializer)
    {
        serializer.AddJsonSerializer(IsDomainValue, isCopyable: _ => false, options => options.Configure(
            json => json.SerializerOptions = new JsonSerializerOptions(Contract.Options)));
        serializer.Services.AddSingleton<IGeneralizedCopier, UncopiedDomainValue>();
    }

    private static bool IsDomainValue(Type type) => type.Assembly == Assembly;

    /// <summary>Hands on what it is given. A test keeps all that messages are made of immutable.</summary>
    private sealed class UncopiedDomainValue : IGeneralizedCopier, IOptionalDeepCopier
    {
        public bool IsSupportedType(Type type) => IsDomainValue(type);

        public bool IsShallowCopyable() => true;

        [return: NotNullIfNotNull(nameof(input))]
        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
