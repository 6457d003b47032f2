curl "$CHAT_URL/v1/users.upsert" \
  -H "Authorization: Bearer $CHAT_KEY" \
  -d '{"users": [{"id": "alice", "name": "Alice Lee"}, {"id": "shop", "name": "The Shop"}]}'
