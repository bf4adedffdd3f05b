"""The nets of ``fonti.nets`` for training, in PyTorch; parameter names are the same there."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fonti.nets import ROWS


def locked(x: Tensor, p: float, training: bool) -> Tensor:
    """Dropout with one mask for all the words of a stretch (Gal and Ghahramani 2016)."""
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) >= p) / (1 - p) if training and p else x


class MLP(nn.Module):
    def __init__(self, size: int, out: int, drop: float) -> None:
        super().__init__()
        self.linear, self.drop = nn.Linear(size, out), drop

    def forward(self, x: Tensor) -> Tensor:
        return locked(F.leaky_relu(self.linear(x), 0.1), self.drop, self.training)


class Encoder(nn.Module):
    """Words in their context: subword vectors, hashed features and a corpus id, then bidirectional LSTM layers."""

    def __init__(self, corpora: int, *, hidden: int, layers: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.use, self.bag, self.corpus = (
            nn.Linear(512, 192),
            nn.EmbeddingBag(ROWS, 96, mode="sum"),
            nn.Embedding(corpora, 32),
        )
        nn.init.normal_(self.bag.weight, std=0.1)
        nn.init.normal_(self.corpus.weight, std=0.1)
        sizes = [192 + 96 + 32] + [2 * hidden] * (layers - 1)
        self.rnn = nn.ModuleList(nn.LSTM(s, hidden, batch_first=True, bidirectional=True) for s in sizes)

    def encode(self, batch: dict[str, Tensor]) -> Tensor:
        mask = batch["mask"][..., None]
        rows, n = batch["mask"].shape
        use, bag = self.use(batch["vectors"]), self.bag(batch["features"].view(rows * n, -1)).view(rows, n, -1)
        if self.training:  # word dropout, apart for the two views of a word
            use, bag = use * (torch.rand(rows, n, 1) >= 0.07), bag * (torch.rand(rows, n, 1) >= 0.15)
        about = self.corpus(batch["corpus"])[:, None].expand(-1, n, -1)
        x = locked(torch.cat([use, bag, about], -1), self.drop / 2, self.training) * mask
        for rnn in self.rnn:
            x = locked(rnn(x)[0], self.drop, self.training) * mask
        return x


class ParseNet(Encoder):
    """Sentence starts, parts of speech, morphology, lemma scripts, biaffine trees."""

    def __init__(self, meta: dict, *, hidden: int, layers: int, drop: float) -> None:
        super().__init__(len(meta["corpora"]), hidden=hidden, layers=layers, drop=drop)
        width = 2 * hidden
        self.sizes = [len(v) + 1 for v in meta["morph"].values()]
        self.start, self.pos = nn.Linear(width, 1), nn.Linear(width, len(meta["pos"]))
        self.morphed, self.morph = MLP(width, 128, drop), nn.Linear(128, sum(self.sizes))
        self.edited, self.lemma = MLP(width, 128, drop), nn.Linear(128, len(meta["scripts"]))
        self.arc_down, self.arc_up = MLP(width, 256, drop), MLP(width, 256, drop)
        self.label_down, self.label_up = MLP(width, 192, drop), MLP(width, 192, drop)
        self.root, self.arc = nn.Parameter(torch.randn(width) * 0.1), nn.Parameter(torch.zeros(257, 256))
        nn.init.orthogonal_(self.arc)
        self.label = nn.Linear(2 * 192, len(meta["deps"]))

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        mask, heads, sentence = batch["mask"], batch["heads"], batch["sentence"]
        x = self.encode(batch)
        rooted = torch.cat([self.root.expand(len(x), 1, -1).to(x.dtype), x], 1)
        down, up = self.arc_down(x), self.arc_up(rooted)
        # / 16: the root of the width, so that the softmax starts soft; the best head is the same without it
        arcs = ((torch.cat([down, torch.ones_like(down[..., :1])], -1) @ self.arc) @ up.transpose(1, 2) / 16).float()
        same = mask[:, None, :] & (sentence[:, :, None] == sentence[:, None, :])
        arcs = torch.cat([arcs[..., :1], arcs[..., 1:].masked_fill(~same, -1e4)], -1)
        down, up = self.label_down(x), self.label_up(rooted)
        up = up.gather(1, heads.clamp(min=0)[..., None].expand(-1, -1, up.shape[2]))
        labels = self.label(torch.cat([down * up, F.leaky_relu(down + up, 0.1)], -1)).float()
        starts = F.binary_cross_entropy_with_logits(
            self.start(x)[:, 1:, 0].float(), (sentence[:, 1:] != sentence[:, :-1]).float(), reduction="none"
        )[mask[:, 1:]].mean()
        choices = self.morph(self.morphed(x)).float()[mask].split(self.sizes, -1)
        morph = sum(F.cross_entropy(c, batch["morph"][mask][:, i], ignore_index=-1) for i, c in enumerate(choices))
        return (
            F.cross_entropy(arcs[mask], heads[mask], ignore_index=-1)
            + F.cross_entropy(labels[mask], batch["deps"][mask], ignore_index=-1)
            + F.cross_entropy(self.pos(x).float()[mask], batch["pos"][mask])
            + 0.5 * F.cross_entropy(self.lemma(self.edited(x)).float()[mask], batch["lemmas"][mask], ignore_index=-1)
            + 0.3 * morph
            + 2 * starts
        )


class CRF(nn.Module):
    """A linear chain over BIOES tags; the last index stands for start and end."""

    def __init__(self, tags: list[str]) -> None:
        super().__init__()
        every = [*tags, "O"]
        fits = [[b[0] in "IE" and a[2:] == b[2:] if a[0] in "BI" else b[0] not in "IE" for b in every] for a in every]
        self.register_buffer("barred", (1 - torch.tensor(fits).float()) * -1e4)
        self.moves = nn.Parameter(torch.zeros(len(every), len(every)))

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        table, k, last = self.moves + self.barred, scores.shape[2], mask.sum(1) - 1
        gold = (scores.gather(2, tags[..., None])[..., 0] * mask).sum(1)
        gold = gold + table[k, tags[:, 0]] + table[tags.gather(1, last[:, None])[:, 0], k]
        gold = gold + (table[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        every = scores[:, 0] + table[k, :k]
        for i in range(1, scores.shape[1]):
            step = torch.logsumexp(every[:, :, None] + table[:k, :k], 1) + scores[:, i]
            every = torch.where(mask[:, i, None], step, every)
        return (torch.logsumexp(every + table[:k, k], 1) - gold).sum()


class NamesNet(Encoder):
    """Names, as BIOES tags."""

    def __init__(self, meta: dict, *, hidden: int, layers: int, drop: float) -> None:
        super().__init__(len(meta["corpora"]), hidden=hidden, layers=layers, drop=drop)
        self.tagged, self.tags, self.crf = (
            MLP(2 * hidden, 128, drop),
            nn.Linear(128, len(meta["tags"])),
            CRF(meta["tags"]),
        )

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        scores, mask = self.tags(self.tagged(self.encode(batch))).float(), batch["mask"]
        labelled = batch["tags"][:, 0] >= 0
        loss = 3 * self.crf.loss(scores[labelled], batch["tags"][labelled], mask[labelled]) / mask.sum()
        if "scores" in batch:  # what teachers say, around zero
            told = mask & ~batch["scores"][..., 0].isnan()
            own = scores - scores.mean(-1, keepdim=True)
            taught = F.smooth_l1_loss(own[told], batch["scores"][told], reduction="sum")
            loss = loss + 3 * taught / mask.sum() / scores.shape[2]
        return loss
