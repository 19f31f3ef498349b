namespace Jpki.Domain.Residents;

/// <summary>カードの廃止の事由: why a card is no longer one.</summary>
public enum CardEndCause
{
    /// <summary>返納: given back by the holder or the family.</summary>
    Returned,

    /// <summary>廃止: withdrawn by the municipality.</summary>
    Abolished,

    /// <summary>失効: by law, with the holder's removal from the registry or without a continued use.</summary>
    Lapsed,

    /// <summary>有効期間満了: past its last day.</summary>
    Expired,

    /// <summary>紛失等: lost, and not found or destroyed.</summary>
    Lost,
}
