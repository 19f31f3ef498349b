using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Silo.Registry;

/// <summary>The residents' grains as the feed needs them.</summary>
public interface IResidentDoor
{
    /// <exception cref="Exception">Any exception means that the outcome is unknown.</exception>
    Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor by);
}

/// <summary>The residents' grains themselves.</summary>
public sealed class GrainDoor(IGrainFactory grains) : IResidentDoor
{
    public Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor by) =>
        grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Submit(envelope, by));
}
