using Marten;

namespace Jpki.Ledger.Storage;

/// <summary>The last night whose jobs were done for a municipality, by its code.</summary>
internal sealed record CompletedNight(string Id, DateOnly Day)
{
    public static void Map(StoreOptions store) => store.Schema.For<CompletedNight>().Identity(each => each.Id).DocumentAlias("completed_night");
}
