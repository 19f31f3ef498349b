using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Silo.Registry;

/// <summary>The residents' grains as those need them who send many commands.</summary>
public interface IResidentDoor
{
    /// <exception cref="Exception">Any exception means that the outcome is unknown.</exception>
    Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor by);

    /// <summary>Asks whether it would be taken now; nothing happens.</summary>
    /// <exception cref="Exception">Any exception means that it is not to be learnt now.</exception>
    Task<ResidentAnswer> WeighAsync(ResidentId resident, CommandEnvelope envelope, Actor by);
}

/// <summary>The residents' grains themselves.</summary>
public sealed class GrainDoor(IGrainFactory grains) : IResidentDoor
{
    public Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor by) =>
        grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Submit(envelope, by));

    public Task<ResidentAnswer> WeighAsync(ResidentId resident, CommandEnvelope envelope, Actor by) =>
        grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Weigh(envelope, by));
}
