namespace Jpki.Grains;

/// <summary>住民: one grain a resident, keyed by the resident's id, behind one door for messages.</summary>
public interface IResidentGrain : IGrainWithStringKey
{
    /// <summary>Takes one message and answers it. Nothing is answered as done before it is durable.</summary>
    Task<ResidentAnswer> Handle(ResidentMessage message);
}
