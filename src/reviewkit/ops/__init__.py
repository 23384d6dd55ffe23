"""Operations, their fold, and what people see of it. Pure: no disk, clock or network."""
